/**
 * Stores that live as long as the process: for simulations and tests, which open them through
 * {@link org.hauptbuch.store.memory.MemoryStoreFactory}. Nothing here reaches a disk.
 */
@org.osgi.annotation.bundle.Export
@org.osgi.annotation.versioning.Version("1.0.0")
package org.hauptbuch.store.memory;
