export { steer, type Wish } from '../registry/runs/steer.ts';
