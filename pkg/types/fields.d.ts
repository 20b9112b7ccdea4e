/** The fields that a platform can carry; the others are a mistake, also in an object that was made elsewhere. */
export type Carried<Fields, Names extends keyof Fields> = Pick<Fields, Names> & { [Name in Exclude<keyof Fields, Names>]?: never };

/** The fields that a platform asks for. */
export type Needed<Fields, Names extends keyof Fields> = { [Name in Names]-?: NonNullable<Fields[Name]> };
