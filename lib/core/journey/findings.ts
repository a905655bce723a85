/**
 * Every fault a journey can be refused for. The code is stable: editors, pipelines and tests match on it, so a code is
 * never renamed or reused. The remedy tells an author how to mend the fault.
 */
export const findingTable = {
  'journey.invalid-yaml': 'Mend the YAML at the line and column that the message names.',
  'journey.missing-file': 'Write the file, or remove the folder.',
  'journey.misplaced-file': 'Give the file or folder the name that the document states.',
  'journey.unknown-key': 'Correct the key, or remove it: a key that nothing reads is refused.',
  'journey.missing-key': 'Add the key at the path.',
  'journey.invalid-value': 'Write the value as the message describes.',
  'journey.step-kind': 'Give the step exactly one of: send, wait, waitUntil, waitFor, branch, split, goTo, addToSegment, end.',
  'journey.send-without-purpose': 'State under `message` why the messages of this journey are sent; consent is judged by it.',
  'journey.branch-without-fallback': 'Add `otherwise: <step id>` for contacts whom no condition fits.',
  'journey.wait-without-timeout': 'Add `within: <duration>`, so that a contact whose event never comes goes on.',
  'journey.wait-without-past-rule':
    'Add `ifPast: go-on`, `skip` or `exit`: somebody may come to the wait when its moment is past.',
  'journey.wait-without-missing-rule':
    'Add `ifMissing: go-on`, `skip` or `exit`: somebody may have no value there.',
  'journey.wait-without-time': 'Add `time`, like "09:00": a date has no time of day.',
  'journey.not-a-moment': 'Let the wait read a field that holds a date or an instant.',
  'journey.skip-without-send': 'Put the send that is to be skipped right after the wait, or state `go-on` or `exit`.',
  'journey.unknown-attribute': 'Name an attribute that events.yaml declares of the event, or read a field of the contact.',
  'journey.attribute-not-brought':
    'Give the value a default in the template, lead those without it past the message by a branch on `exists`, or enter them into a journey of their own.',
  'journey.duplicate-step': 'Give each step its own id.',
  'journey.reserved-step': 'Choose another id; the compiled machine uses this one itself.',
  'journey.unknown-step': 'Name a step of this journey, or give the step that is meant this id.',
  'journey.open-end': 'End the journey there: add `end: <outcome>` or `goTo: <step id>`.',
  'journey.unreachable-step': 'Lead to the step from another one, or remove it.',
  'journey.tight-loop': 'Put a `wait` of at least 15 minutes on the way round, or lead forward instead.',
  'journey.not-a-loop': 'Remove `atMost`: it limits how often a go-to leads back, and this one leads forward only.',
  'journey.unknown-template': 'Add the template to the journey, or correct the name.',
  'journey.unknown-segment': 'Define the segment, or correct the name.',
  'journey.unknown-field': 'Use a field of the contact record; values outside it are not kept.',
  'journey.missing-unstated': 'Add `missing: <step id>` for contacts of whom is not known what the branch asks.',
  'journey.never-missing': 'Remove `missing`: whatever the branch asks is always known.',
  'journey.undeclared-outcome':
    'Say under `missing` of the template what becomes of the message without the value: `{ default: <text> }`, `skip` or `fail`; ' +
    'or give the expression the filter `default`.',
  'journey.split-shares': 'Give the arms whole percents that come to 100 together.',
  'journey.holdout-of-care': 'Remove `holdout`: nobody is kept from messages of care to measure what they do.',
  'journey.unknown-link': 'Add the link to the template, or name one that the template has.',
  'journey.click-source': 'Let `of` name the send step whose mail carries the link.',
  'journey.mail-source': 'Name the send step whose mail is meant.',
  'journey.unknown-event': 'Declare the event in events.yaml, or correct the name.',
  'journey.duplicate-event': 'Declare each event once.',
  'journey.attribute-test': 'Test the attribute by its type: values of that type, atLeast and atMost for numbers, days for dates and instants.',
  'journey.opens-undeclared': 'Add `opens: true` to the journey, so that its mails tell when they are opened.',
  'journey.opens-revealing': 'Remove `opens`: only mails that reveal no more than contact_info may tell that they are opened.',
  'journey.reserved-label': 'Give another label with `as`; the engine uses this one itself.',
  'journey.duplicate-label': 'Give each way out of the step its own label with `as`.',
  'journey.clinical-name':
    'Choose a neutral word. Step ids and labels stand in execution history, metrics and logs beside a contact id; the ' +
    'name of the journey may be clinical, the place of a person in it may not.',
  'journey.impossible-outcome': 'Branch right after the event wait, on one of its labels or on `timeout`.',
  'journey.promotion-missing': 'Describe under `message.promotions` each product or service that the messages promote.',
  'journey.promotion-forbidden': 'Remove the promotion, or state a purpose that may carry one.',
  'journey.undeclared-class': 'Add the class to the list at the path, or read the field no more.',
  'journey.unknown-journey': 'Add the journey to the app, or correct the name.',
  'journey.hand-over-undeclared': 'Let the other journey declare the trigger `handOver: { from: [<this journey>] }`, with its source and reason.',
  'journey.trigger-unexplained': 'State where the data of the trigger comes from (`source`) and why its use is allowed (`because`).',
  'journey.trigger-kind': 'Give the trigger exactly one of: segment, joins, form, event, date, becomes, inactive, handOver.',
  'journey.several-lists': 'Keep one list that is entered on request; let contacts join it, or use a segment that reads several.',
  'journey.yearly-once': 'Add `reenter: { oncePer: year }`: a journey that nobody enters twice keeps a date once in a life.',
  'journey.reentry-key': 'Make the key of a field or attribute with one value, which every trigger of the journey brings.',
  'segment.duplicate': 'Give each segment a name of its own.',
  'segment.reads-a-run': 'Ask about fields, segments and events, or name the journey whose mail is meant: a segment stands outside of runs.',
  'segment.cycle': 'Let one of the segments select by something else: whether somebody belongs to them would depend on itself.',
  'journey.too-large': 'Split the journey in two; the state machine service refuses definitions of this size.',
  'machine.payload-key': 'Let tasks take and choices read the keys of the payload schema only.',
  'machine.state-type': 'Emit Task, Choice, Succeed and Fail states without literal results.',
  'machine.state-name': 'Keep the names of states within 80 characters.',
} as const satisfies Record<string, string>;

export type FindingCode = keyof typeof findingTable;

/** A fault, where it stands as a path into the document (`steps[3].waitFor[0].of`), and how to mend it. */
export type Finding = {
  readonly code: FindingCode;
  readonly path: string;
  readonly message: string;
  readonly remedy: string;
};

export const finding = (code: FindingCode, path: string, message: string): Finding => ({
  code, path, message, remedy: findingTable[code],
});

/** `['steps', 3, 'of']` as `steps[3].of`. */
export const pathOf = (keys: readonly PropertyKey[]): string =>
  keys.reduce<string>((path, key) => {
    if (typeof key === 'number') return `${path}[${key}]`;
    return path === '' ? String(key) : `${path}.${String(key)}`;
  }, '');
