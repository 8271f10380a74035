import { expect, it } from 'vitest';
import { buttons, isButton, runButtons } from '../../../app/commands/buttons.ts';
import { buttonIdentifier, clickKey, readButton, readRunClick } from '../../../app/commands/click.ts';
import { runStates } from '../../../core/migration/states.ts';

it.each(Object.keys(buttons).filter(isButton))('%s fits into what GitHub takes, and is read again', (verb) => {
  expect(buttonIdentifier(verb, 999_999_999).length).toBeLessThanOrEqual(20);
  expect(readButton(buttonIdentifier(verb, 999_999_999))).toEqual({ verb, at: 999_999_999 });
});

it('knows the buttons of before by their name alone, and no others', () => {
  expect(readButton('pause')).toEqual({ verb: 'pause', at: undefined });
  for (const other of ['pause.', 'pause.x', 'pause.1234567890', 'pause.1.2', 'toString', 'toString.1', ' pause.1', ''])
    expect(readButton(other)).toBeUndefined();
});

it('names a click by what it says and by who gave it', () => {
  const key = clickKey({ verb: 'pause', at: 3 }, 'Developer', 'abcdefghjk');
  expect(key).toBe('click:pause.3:developer:abcdefghjk');
  expect(readRunClick(key)).toEqual({ run: 'abcdefghjk', at: 3 });
  expect(readRunClick(clickKey({ verb: 'approve', at: 0 }, 'abcdefghjk', '7-abc-def'))).toBeUndefined();
});

it.each(runStates)('offers a run that is %s buttons of the same count', (state) => {
  for (const { identifier } of runButtons(state, 4)) expect(identifier).toMatch(/^[a-z]+\.4$/);
});
