import { initTRPC } from '@trpc/server';
import { contact, phone } from 'outdial/forms';

const { procedure, router } = initTRPC.create();

export const calls = router({
  callMe: procedure.input(phone({ region: 'US', types: ['mobile'] })).mutation(({ input }) => ({ calling: input })),
  signUp: procedure.input(contact('truedy')).mutation(({ input }) => input),
});
