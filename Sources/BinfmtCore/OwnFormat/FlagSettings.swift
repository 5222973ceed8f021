// SPDX-License-Identifier: Apache-2.0

/// The flags that a table sets or clears; the others come from a lower file, a preset or the defaults.
package struct FlagSettings: Hashable, Sendable {
    private var values: [EntryFlags.Flag: Bool] = [:]

    package init() {}

    /// - Parameter flags: those that the table may have.
    init(_ reader: inout TableReader, _ flags: [EntryFlags.Flag] = EntryFlags.Flag.allCases) {
        for flag in flags { values[flag] = reader.boolean(flag.key)?.value }
        let set = flags.filter { values[$0] == true }
        guard let (flag, other) = EntryFlags(set.map { EntryFlags($0) }).conflict,
            let location = reader.location(of: other.key) ?? reader.location(of: flag.key)
        else { return }
        reader.complain(.conflictingKeys, at: location, Wording.conflict(flag, other))
    }

    /// These settings, and the lower ones' for the flags that these do not specify.
    func over(_ lower: FlagSettings) -> FlagSettings {
        var merged = lower
        merged.values.merge(values) { _, higher in higher }
        return merged
    }

    /// `base` with the flags that these settings specify. A flag that they set takes the place of those in `base` that the
    /// kernel does not take with it.
    func applied(to base: EntryFlags) -> EntryFlags {
        var flags = base
        if values[.transparent] == true { flags.remove(.preserveArgv0) }
        if values[.loader] == true { flags.formIntersection(.fixBinary) }
        for (flag, isOn) in values where !isOn {
            // What a flag implies goes with it, but not what was set without it.
            if EntryFlags.Flag.classic.contains(flag) || flags.contains(EntryFlags(flag)) {
                flags.remove(EntryFlags(flag))
            }
        }
        for (flag, isOn) in values where isOn { flags.insert(EntryFlags(flag)) }
        return flags
    }
}
