import { runInNode } from './support/cases.mjs';
import { caseFiles } from './support/site.mjs';

// In a process of its own: a process that has both modules asks but one of them.
for (const file of caseFiles.filter((name) => name.startsWith('phone'))) runInNode(file, 'phone');
