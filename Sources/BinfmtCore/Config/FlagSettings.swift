// SPDX-License-Identifier: Apache-2.0

/// The flags that a table sets or clears; those it does not speak of come from elsewhere.
package struct FlagSettings: Hashable, Sendable {
    private var values: [EntryFlags: Bool] = [:]

    package init() {}

    /// Exactly these flags, every other one cleared.
    init(exactly flags: EntryFlags) {
        for known in EntryFlags.all { values[known.flag] = flags.contains(known.flag) }
    }

    init(_ reader: inout TableReader) {
        for known in EntryFlags.all { values[known.flag] = reader.boolean(known.key)?.value }
    }

    /// These settings where they say something, the lower ones' where they do not.
    func over(_ lower: FlagSettings) -> FlagSettings {
        var merged = lower
        merged.values.merge(values) { _, upper in upper }
        return merged
    }

    /// The flags of an entry whose flags are otherwise `base`.
    func applied(to base: EntryFlags) -> EntryFlags {
        EntryFlags.all.reduce(into: []) { flags, known in
            if values[known.flag] ?? base.contains(known.flag) { flags.insert(known.flag) }
        }
    }
}
