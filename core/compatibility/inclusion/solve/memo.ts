import type { Node } from '../node.ts';
import { none, type Outcome } from './outcome.ts';

/**
 * Answers that were found, and the nodes that are being searched. A node that comes up again below itself counts as empty there:
 * a smallest value never needs it. What was concluded from that holds only as long as the outer search is open, and is
 * kept apart with the nodes it leans on.
 */
export class Memo {
  private readonly final = new Map<Node, Outcome>();
  private readonly provisional = new Map<Node, Set<Node>>();
  /** Open searches, each with the open nodes its answer leans on. */
  private readonly open = new Map<Node, Set<Node>>();
  private readonly stack: Set<Node>[] = [];

  once(node: Node, search: () => Outcome): Outcome {
    const known = this.final.get(node);
    if (known) return known;
    if (this.open.has(node)) {
      this.stack.at(-1)?.add(node);
      return none;
    }
    const assumed = this.provisional.get(node);
    if (assumed) {
      for (const other of assumed) this.stack.at(-1)?.add(other);
      return none;
    }
    const leansOn = new Set<Node>();
    this.open.set(node, leansOn);
    this.stack.push(leansOn);
    let outcome: Outcome;
    try {
      outcome = search();
    } catch (error) {
      this.provisional.clear();
      throw error;
    } finally {
      this.stack.pop();
      this.open.delete(node);
    }
    return this.close(node, leansOn, outcome);
  }

  private close(node: Node, leansOn: Set<Node>, outcome: Outcome): Outcome {
    leansOn.delete(node);
    if (outcome.kind === 'found') {
      this.final.set(node, outcome);
      this.drop(node);
      return outcome;
    }
    for (const other of leansOn) this.stack.at(-1)?.add(other);
    if (outcome.kind === 'unknown') {
      if (leansOn.size === 0) this.final.set(node, outcome);
      this.drop(node);
      return outcome;
    }
    if (leansOn.size === 0) this.final.set(node, none);
    else this.provisional.set(node, leansOn);
    this.settle(node, leansOn);
    return none;
  }

  /** The node was not empty after all: forget what was concluded from its emptiness. */
  private drop(node: Node): void {
    for (const [other, leansOn] of this.provisional) if (leansOn.has(node)) this.provisional.delete(other);
  }

  /** What leaned on the node now leans on what the node leans on; on nothing: it is certain. */
  private settle(node: Node, leansOn: ReadonlySet<Node>): void {
    for (const [other, others] of this.provisional) {
      if (!others.delete(node)) continue;
      for (const inner of leansOn) others.add(inner);
      if (others.size > 0) continue;
      this.provisional.delete(other);
      this.final.set(other, none);
    }
  }
}
