// SPDX-License-Identifier: Apache-2.0

/// The flags that a table sets or clears; the others come from a lower file, a preset or the defaults.
package struct FlagSettings: Hashable, Sendable {
    private var values: [EntryFlags.Flag: Bool] = [:]

    package init() {}

    init(_ reader: inout TableReader) {
        for flag in EntryFlags.Flag.allCases { values[flag] = reader.boolean(flag.key)?.value }
    }

    /// These settings, and the lower ones' for the flags that these do not specify.
    func over(_ lower: FlagSettings) -> FlagSettings {
        var merged = lower
        merged.values.merge(values) { _, higher in higher }
        return merged
    }

    /// `base` with the flags that these settings specify.
    func applied(to base: EntryFlags) -> EntryFlags {
        var flags = base
        for (flag, isOn) in values where !isOn { flags.remove(EntryFlags(flag)) }
        for (flag, isOn) in values where isOn { flags.insert(EntryFlags(flag)) }
        return flags
    }
}
