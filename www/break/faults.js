/** What may go wrong, in the order in which it strikes; `fault` is the sandbox’s. */
export const FAULTS = [
  { id: 'cut_after', title: 'The answer is lost', text: 'The platform dials, and the connection breaks before it can say so.', fault: { kind: 'cut_after' }, on: true },
  { id: 'never', title: 'No answer comes', text: 'The platform dials and says nothing, until the client gives up.', fault: { kind: 'never' } },
  { id: 'status_503', title: '503, and it dialled', text: 'A gateway in front of the platform gives up too early.', fault: { kind: 'status', status: 503, processed: true } },
  { id: 'half_body', title: 'Half an answer', text: 'The platform dials, and its JSON ends in the middle.', fault: { kind: 'half_body' } },
  { id: 'status_429', title: '429, too many requests', text: 'Nothing is dialled; the platform asks to wait a second.', fault: { kind: 'status', status: 429, hint: 'retry_after_seconds', afterMs: 1000 } },
  { id: 'redirect', title: 'A redirect elsewhere', text: 'Nothing is dialled; the answer names the address of another host.', fault: { kind: 'redirect' } },
];

/** Rules that let each of the faults strike one attempt, one after the other. */
export const rulesOf = (ids) => FAULTS.filter(({ id }) => ids.includes(id)).map(({ fault }) => ({ ...fault, on: { operation: 'createCall' }, times: 1 }));
