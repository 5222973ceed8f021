// SPDX-License-Identifier: Apache-2.0

/// The flags that a table sets or clears; those it does not speak of come from elsewhere.
package struct FlagSettings: Hashable, Sendable {
    /// A bit for each of `EntryFlags.all`: those that it speaks of, and those of them that it sets.
    private var specified: UInt8 = 0
    private var isSet: UInt8 = 0

    package init() {}

    init(_ reader: inout TableReader) {
        for (bit, known) in EntryFlags.all.enumerated() {
            guard let value = reader.boolean(known.key)?.value else { continue }
            specified |= 1 << bit
            if value { isSet |= 1 << bit }
        }
    }

    /// These settings where they say something, the lower ones' where they do not.
    func over(_ lower: FlagSettings) -> FlagSettings {
        var merged = self
        merged.specified |= lower.specified
        merged.isSet |= lower.isSet & ~specified
        return merged
    }

    /// The flags of an entry whose flags are otherwise `base`.
    func applied(to base: EntryFlags) -> EntryFlags {
        EntryFlags(rawValue: base.rawValue & ~specified | isSet)
    }
}
