import { FieldApi, FormApi } from '@tanstack/form-core';
import { contact, phone } from 'outdial/forms';

/** A form whose every change is validated, and its fields. */
export function signUp(onSubmit) {
  const form = new FormApi({
    defaultValues: { phoneNumber: '', email: '' },
    validators: { onSubmit: contact('truedy') },
    onSubmit: ({ value }) => onSubmit(value),
  });
  form.mount();
  const phoneNumber = new FieldApi({ form, name: 'phoneNumber', validators: { onChange: phone({ region: 'US' }) } });
  const email = new FieldApi({ form, name: 'email' });
  for (const field of [phoneNumber, email]) field.mount();
  return { form, phoneNumber, email };
}
