/** Version of the app package that this server was made with; the environment files carry the same (a test holds them together). */
export const PACKAGE_VERSION = '1.0.0';
