const PHONE = '+14155550123';

/** What the form holds at first; every platform takes it, each its own part. */
export const EXAMPLE = {
  phoneNumber: PHONE,
  salutation: 'Mrs',
  firstName: 'Ada',
  lastName: 'Example',
  email: 'ada@example.com',
  customFields: { plan: 'pro' },
  agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77',
  fromNumber: '+14155550100',
  variables: { first_name: 'Ada' },
  settings: { recordingEnabled: true },
};

export const MISTAKES = {
  ...EXAMPLE,
  phoneNumber: '+9198765xxxxx',
  firstName: 'Ada '.repeat(30).trim(),
  lastName: '',
  email: 'ada@example',
  fromNumber: '1-800-FLOWERS',
  settings: { maxDurationSeconds: 'ten minutes' },
};
