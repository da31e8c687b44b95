/**
 * What the chain remembers: parameters, validators, delegations, evidence and offences, as records.
 * The ledger makes them; rules, faces and tests read them.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.1.0")
package org.hauptbuch.api.chain;
