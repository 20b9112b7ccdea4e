'use client';

import { createCall, createClient, init, parsePhone, validateContact } from 'outdial';
import { useEffect, useRef, useState } from 'react';

export default function Page() {
  const form = useRef(null);
  const [said, setSaid] = useState('');

  function refuse(event) {
    event.preventDefault();
    const [issue] = validateContact('truedy', Object.fromEntries(new FormData(event.target)));
    event.target.elements.phoneNumber.setCustomValidity(issue?.message ?? '');
  }

  /** Fills the form in as a person would, first wrongly; the call goes through a relay of this site. */
  async function fillIn(query) {
    await init();
    const input = form.current.elements.phoneNumber;
    input.value = '+1 415';
    form.current.requestSubmit();
    const formError = input.validationMessage;
    input.setCustomValidity('');
    input.value = query.get('number');
    form.current.requestSubmit();
    const { phone } = parsePhone(input.value, { region: 'US' });
    document.cookie = `session=${query.get('session')}`;
    const client = createClient({ provider: 'relay', url: '/api/outdial' });
    const call = await createCall(client, { agentId: '1f4baf16-1540-4d91-9696-7f34b2f2cb77', phoneNumber: phone.e164 });
    return { number: phone.e164, formError, accepted: input.checkValidity(), call: call.status };
  }

  useEffect(() => {
    const show = (value) => setSaid(JSON.stringify(value));
    fillIn(new URLSearchParams(location.search)).then(show, ({ code, message }) => show({ code, message }));
  }, []);

  return (
    <>
      <form ref={form} onSubmit={refuse}>
        <label>
          Phone number <input name="phoneNumber" />
        </label>
        <button>Call me</button>
      </form>
      <output>{said}</output>
    </>
  );
}
