// SPDX-License-Identifier: Apache-2.0
import SystemPackage

@testable import BinfmtCore

/// Declared entries on a host with an empty table, for tests of reports.
struct ReportScene {
    var circumstances = Plan.Circumstances()
    var missing: Set<FilePath> = []
    var hazards: [FilePath: Hazard] = [:]

    func name(_ text: String) -> EntryName { EntryName(observed: text.utf8) }

    /// An entry `[entry.NAME]` for the files NAME.*, run by /bin/NAME.
    func entry(_ text: String, flags: EntryFlags = []) throws -> Entry {
        Entry(
            name: name(text), recognition: .filenameExtension(try FilenameExtension(declaring: text)),
            interpreter: FilePath("/bin/\(text)"), flags: flags)
    }

    /// - Parameter keys: more lines of the entry's table.
    func configuration(_ names: String..., keys: String = "") -> Configuration {
        configuration(names, keys: keys)
    }

    func configuration(_ names: [String], keys: String = "") -> Configuration {
        let tables = names.map { "[entry.\($0)]\nextension = \"\($0)\"\ninterpreter = \"/bin/\($0)\"\n\(keys)\n" }
        return Configuration(
            files: [ConfigFile(path: "/etc/binfmtd/binfmtd.toml", text: Array(tables.joined(separator: "\n").utf8))])
    }

    /// The plan if nothing were declared.
    func plan() -> Plan {
        Plan(DesiredState(Configuration(files: []), facts(Configuration(files: []))), empty, Ownership(), circumstances)
    }

    func plan(_ names: String...) throws -> Plan { plan(configuration(names)) }

    func plan(
        _ configuration: Configuration, _ observed: ObservedState? = nil, _ ownership: Ownership = Ownership()
    ) -> Plan {
        Plan(DesiredState(configuration, facts(configuration)), observed ?? empty, ownership, circumstances)
    }

    private var empty: ObservedState { ObservedState(isEnabled: true, entries: []) }

    private func facts(_ configuration: Configuration) -> HostFacts {
        let file = FileIdentity(device: 1, inode: 1, size: 1, modified: FileTime(seconds: 0, nanoseconds: 0))
        let isQemu = { (entry: DeclaredEntry) in entry.isOffer }
        let paths = configuration.entries.filter { !isQemu($0) }.flatMap(\.interpreters)
        let files = paths.map { path in
            let found: InterpreterFile =
                missing.contains(path) ? .missing(.noSuchFileOrDirectory) : .present(file, hazard: hazards[path])
            return (HashedPath(path), found)
        }
        return HostFacts(
            native: NativePrograms(identity: ELFIdentity(.bits64, .little, machine: 62)), nativeTargets: [],
            interpreters: Dictionary(files, uniquingKeysWith: { first, _ in first }))
    }
}
