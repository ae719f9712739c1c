import { checkAddresses } from './check-addresses.ts';
import { checkFormat } from './check-format.ts';
import { checkIcons } from './check-icons.ts';
import { checkSignIn } from './check-sign-in.ts';
import { checkSurfaces } from './check-surfaces.ts';
import { checkTexts, type LocalizationSchema } from './check-texts.ts';
import { checkToolkit } from './check-toolkit.ts';
import { checkXmlManifest } from './check-xml-manifest.ts';
import type { AppPackage, PackageFault } from './package-types.ts';
import { writeXmlManifest } from './write-xml-manifest.ts';

/**
 * What Microsoft's own tools leave unchecked: whether the parts of the package fit each other. Returns every fault; the
 * parts themselves are held against Microsoft's schemas elsewhere.
 */
export function checkPackage(appPackage: AppPackage, schema: LocalizationSchema): PackageFault[] {
  return [
    ...checkFormat(appPackage, schema),
    ...checkSurfaces(appPackage),
    ...checkAddresses(appPackage),
    ...checkSignIn(appPackage),
    ...checkTexts(appPackage, schema),
    ...checkIcons(appPackage),
    ...checkToolkit(appPackage),
    ...checkXmlManifest(writeXmlManifest(appPackage), appPackage),
  ];
}
