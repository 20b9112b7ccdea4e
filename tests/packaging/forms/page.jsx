import { standardSchemaResolver } from '@hookform/resolvers/standard-schema';
import 'outdial/element';
import { contact } from 'outdial/forms';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { Controller, useForm } from 'react-hook-form';

/** The element as a controlled field: the number lives in the state, and nowhere else. */
function CallMe() {
  const [phone, setPhone] = useState('');
  return (
    <section>
      <label htmlFor="phone">Call me at</label>
      <outdial-phone id="phone" region="US" types={['mobile', 'fixed_line']} value={phone} onInput={({ target }) => setPhone(target.value)} />
      <output id="state">{phone}</output>
      <button type="button" onClick={() => setPhone('+442079460958')}>Use the office</button>
      <button type="button" onClick={() => setPhone('')}>Forget</button>
    </section>
  );
}

/** The same in a form of react-hook-form, which a schema of outdial/forms validates. */
function SignUp() {
  const { control, register, handleSubmit, formState: { errors } } = useForm({
    resolver: standardSchemaResolver(contact('truedy')),
    defaultValues: { phoneNumber: '', email: '' },
  });
  const [sent, setSent] = useState('');
  const phoneNumber = ({ field: { value, onChange, onBlur, ref, name } }) => (
    <outdial-phone id="number" name={name} region="DE" value={value} ref={ref} onInput={({ target }) => onChange(target.value)} onBlur={onBlur} aria-describedby="number-problem" />
  );
  return (
    <form noValidate onSubmit={handleSubmit((values) => setSent(JSON.stringify(values)))}>
      <label htmlFor="number">Number</label>
      <Controller name="phoneNumber" control={control} render={phoneNumber} />
      <p id="number-problem">{errors.phoneNumber?.message}</p>
      <label htmlFor="email">E-mail</label>
      <input id="email" {...register('email')} />
      <p id="email-problem">{errors.email?.message}</p>
      <button>Sign up</button>
      <output id="sent">{sent}</output>
    </form>
  );
}

createRoot(document.getElementById('root')).render(<StrictMode><CallMe /><SignUp /></StrictMode>);
