// SPDX-License-Identifier: Apache-2.0

/// The document that `register` prints without an option. It has the members of tonistiigi/binfmt's and no others,
/// because programs read it.
struct EmulatorsDocument: Document {
    let supported: [String]
    let emulators: [String]

    init(_ found: InstalledEmulators) {
        supported = found.platforms
        emulators = found.entries
    }
}
