/** Prints rows of texts under their head, as a table of Markdown. */
export function printTable(head, body) {
  const widths = head.map((_, column) => Math.max(...[head, ...body].map((row) => row[column].length)));
  const line = (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`;
  console.log(`\n${[line(head), line(widths.map((width) => '-'.repeat(width))), ...body.map(line)].join('\n')}`);
}
