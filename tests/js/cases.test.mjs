import { runInNode } from './support/cases.mjs';
import { caseFiles } from './support/site.mjs';

for (const file of caseFiles) runInNode(file);
