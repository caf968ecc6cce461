// A configuration: who belongs to the cluster and has a vote (thesis §4.1).

/**
 * One group of voters, or two while the cluster changes from the first to the second (joint consensus, §6): then
 * whatever needs a majority needs one of each group. The names in a group are in alphabetical order.
 */
export type Configuration = readonly (readonly string[])[];
