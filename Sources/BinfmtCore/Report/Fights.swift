// SPDX-License-Identifier: Apache-2.0

extension [RepeatedRepairs.Fight] {
    /// One warning about all of them; nil if there is none.
    package var message: Message? {
        guard let first else { return nil }
        let rivals = Set(compactMap { $0.rival?.namedInterpreter?.printable }).sorted()
        let what = rivals.isEmpty ? "removing" : "changing"
        let whose = rivals.isEmpty ? "" : " (to \(rivals.prefix(3).joined(separator: ", ")))"
        let text =
            "Another program keeps \(what) \(map(\.name).bestKnownFirst.nameList)\(whose): \(first.count) times by now, restored each time. "
            + "Further repairs are reported once an hour. To find the program: auditctl -w /proc/sys/fs/binfmt_misc -p w"
        return Message(
            .warning, .contested, text, prefix(Deeds.namedEntries).map { .init("BINFMT_ENTRY", "\($0.name)") })
    }
}
