import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureCargoTool } from './cargo-tool.mjs';
import { bundledParts, linkedCrates, metadataVersion } from './linked.mjs';
import { pkg, root, target } from './paths.mjs';
import { read } from './run.mjs';
import { TARGET } from './rust.mjs';

const SPEC = '1.5';
const CYCLONEDX = '0.5.9';
const file = join(target, 'sbom.cdx.json');

/** The bill of materials of the package, in CycloneDX's JSON: the crates in its modules, bundled JavaScript and data. */
export async function billOfMaterials() {
  const { name, version, description, license } = JSON.parse(readFileSync(join(pkg, 'package.json'), 'utf8'));
  const own = { type: 'library', 'bom-ref': `pkg:npm/${name}@${version}`, name, version, description, licenses: [{ expression: license }], purl: `pkg:npm/${name}@${version}` };
  const components = [...(await crates()), ...(await scripts()), plan()];
  const bom = {
    $schema: `http://cyclonedx.org/schema/bom-${SPEC}.schema.json`,
    bomFormat: 'CycloneDX',
    specVersion: SPEC,
    version: 1,
    metadata: { component: own },
    components,
    dependencies: [{ ref: own['bom-ref'], dependsOn: components.map((component) => component['bom-ref']) }],
  };
  return { ...bom, serialNumber: serialOf(bom) };
}

/** As cargo-cyclonedx describes them; it lists macros too, which the compiler runs and the module does not hold. */
async function crates() {
  const tool = await ensureCargoTool('cargo-cyclonedx', CYCLONEDX);
  const linked = new Set((await linkedCrates()).map(({ name, version }) => `${name}@${version}`));
  // It writes beside Cargo.toml, and nowhere else.
  const written = join(root, '.sbom.json');
  try {
    await read(tool, ['cyclonedx', '--format', 'json', '--target', TARGET, '--no-build-deps', '--spec-version', SPEC, '--override-filename', '.sbom', '--quiet']);
    const { components } = JSON.parse(readFileSync(written, 'utf8'));
    const found = components.filter(({ name, version }) => linked.has(`${name}@${version}`));
    if (found.length !== linked.size) throw new Error(`cargo-cyclonedx knows ${found.length} of ${linked.size} linked crates`);
    // Its references name the registry.
    return found.map((component) => ({ ...component, 'bom-ref': component.purl }));
  } finally {
    rmSync(written, { force: true });
  }
}

/** As npm describes them; to npm they are for development, since the build bundles them. */
async function scripts() {
  const { components } = JSON.parse(await read('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], { cwd: pkg }));
  return bundledParts().map(({ name, version }) => {
    const found = components.find((component) => component.name === name && component.version === version);
    if (!found) throw new Error(`npm knows no ${name} ${version}`);
    const { properties: _, externalReferences: __, ...component } = found;
    return { ...component, 'bom-ref': component.purl, scope: 'required' };
  });
}

function plan() {
  const version = metadataVersion();
  const purl = `pkg:github/google/libphonenumber@v${version}`;
  return { type: 'data', 'bom-ref': purl, name: 'libphonenumber metadata', version, scope: 'required', licenses: [{ license: { id: 'Apache-2.0' } }], purl };
}

/** The same bill has the same number. */
function serialOf(bom) {
  const hex = createHash('sha256').update(JSON.stringify(bom)).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** What of a bill is not as the schema of CycloneDX requires, or not reproducible, in words. */
export function faultsOfBill({ bomFormat, specVersion, version, serialNumber, metadata, components, dependencies }) {
  const refs = [metadata.component, ...components].map((component) => component['bom-ref']);
  const isWhole = ({ type, name, version: own, licenses, purl }) => ['library', 'data'].includes(type) && [name, own, purl].every((text) => typeof text === 'string' && text !== '') && licenses?.length > 0;
  return [
    bomFormat !== 'CycloneDX' && 'bomFormat',
    specVersion !== SPEC && 'specVersion',
    version !== 1 && 'version',
    !/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(serialNumber) && 'serialNumber',
    metadata.timestamp && 'a time, which would differ each time',
    new Set(refs).size !== refs.length && 'a bom-ref is there twice',
    ...components.filter((component) => !isWhole(component)).map(({ name }) => `the component ${name}`),
    ...dependencies.flatMap(({ ref, dependsOn }) => [ref, ...dependsOn]).filter((ref) => !refs.includes(ref)).map((ref) => `the dependency ${ref}`),
    JSON.stringify(components).includes(root) && 'a path of this machine',
  ].filter(Boolean);
}

/** Writes the bill twice and compares; gives how many components there are. */
export async function writeBill() {
  const [bom, again] = [await billOfMaterials(), await billOfMaterials()];
  const faults = faultsOfBill(bom);
  if (faults.length > 0) throw new Error(`not as CycloneDX ${SPEC} wants it: ${faults.join(', ')}`);
  const text = JSON.stringify(bom, undefined, 2);
  if (text !== JSON.stringify(again, undefined, 2)) throw new Error('a second bill of the same differs');
  mkdirSync(target, { recursive: true });
  writeFileSync(file, `${text}\n`);
  return bom.components.length;
}

if (process.argv[1] === import.meta.filename) console.log(`${await writeBill()} components: ${file}`);
