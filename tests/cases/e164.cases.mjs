import { equal } from '../js/support/check.mjs';

const SHAPES = [
  ['+14155552671', true],
  ['+12', true],
  [`+${'9'.repeat(15)}`, true],
  [`+${'9'.repeat(16)}`, false],
  ['+1', false],
  ['+04155552671', false],
  ['14155552671', false],
  ['+1 415 555 2671', false],
  ['+9198765xxxxx', false],
  ['+1415555２671', false],
  ['', false],
];

export const cases = ({ outdial }) =>
  SHAPES.map(([text, expected]) => ({
    name: `${JSON.stringify(text)} ${expected ? 'has' : 'lacks'} the shape of an E.164 number`,
    run: () => equal(outdial.isE164(text), expected),
  }));
