const seconds = (from) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

/**
 * Runs steps `{ name, todo?, run }` in order, each named with the time it took. The first that fails ends the run:
 * it says which step, what was run and what to do, and sets the exit code.
 */
export async function runSteps(steps) {
  const began = performance.now();
  const times = [];
  for (const [index, { name, todo, run }] of steps.entries()) {
    const place = `${index + 1}/${steps.length}`;
    const from = performance.now();
    console.log(`\n== ${place} ${name}`);
    try {
      await run();
    } catch (error) {
      reportFailure(error, `${place} ${name}`, seconds(from), todo);
      return false;
    }
    times.push([name, seconds(from)]);
    console.log(`-- ${name}: ${seconds(from)}`);
  }
  if (steps.length > 1) console.log(`\n${times.map((time) => time.join(' ')).join(', ')}; all ${seconds(began)}`);
  return true;
}

function reportFailure(error, step, time, todo) {
  const lines = [`\nFAILED: step ${step}, after ${time}`];
  if (error.command) lines.push(`  what was run: ${error.command}`);
  lines.push(`  what happened: ${error.command ? error.message.slice(error.command.length + 1) : error.stack}`);
  lines.push(`  what to do: ${error.todo ?? todo ?? 'mend what is said above, then run the same command again'}`);
  console.error(lines.join('\n'));
  process.exitCode = 1;
}
