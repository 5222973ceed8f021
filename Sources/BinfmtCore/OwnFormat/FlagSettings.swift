// SPDX-License-Identifier: Apache-2.0

/// The flags that a table sets or clears; the others come from a lower file, a preset or the defaults.
package struct FlagSettings: Hashable, Sendable {
    /// The bits of the flags that the table has a key for, and of those that it sets.
    private var specified: UInt8 = 0
    private var on: UInt8 = 0

    package init() {}

    init(_ reader: inout TableReader) {
        for flag in EntryFlags.Flag.allCases {
            guard let value = reader.boolean(flag.key)?.value else { continue }
            specified |= flag.rawValue
            if value { on |= flag.rawValue }
        }
    }

    /// These settings, and the lower ones' for the flags that these do not specify.
    func over(_ lower: FlagSettings) -> FlagSettings {
        var merged = self
        merged.specified |= lower.specified
        merged.on |= lower.on & ~specified
        return merged
    }

    /// `base` with the flags that these settings specify.
    func applied(to base: EntryFlags) -> EntryFlags {
        EntryFlags(rawValue: base.rawValue & ~specified | on)
    }
}
