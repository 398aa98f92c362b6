import { addFileHeaders } from './add-file-headers.ts';
import { auditErrors } from './audit-errors.ts';
import { catalogueSchemas } from './catalogue-schemas.ts';
import { countLines } from './count-lines.ts';
import { extendReadme } from './extend-readme.ts';
import { findUndocumented } from './find-undocumented.ts';
import { fixAFailingScript } from './fix-a-failing-script.ts';
import { listUntested } from './list-untested.ts';
import { mapTheWorkspace } from './map-the-workspace.ts';
import { rankModules } from './rank-modules.ts';
import { renameConstant } from './rename-constant.ts';
import { splitLongFiles } from './split-long-files.ts';
import type { Task } from './task.ts';

/** The session's work, in order. The review comes last, after as much reading through as the session needs. */
export const tasks: readonly Task[] = [
  mapTheWorkspace,
  catalogueSchemas,
  splitLongFiles,
  countLines,
  renameConstant,
  extendReadme,
  auditErrors,
  fixAFailingScript,
  listUntested,
  addFileHeaders,
  findUndocumented,
  rankModules,
];
