// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import SystemPackage
import LocatedTOML

/// The strict reader and the recovering one agree on whether there is a mistake, and on the first. A file of TOML 1.0 is
/// one of TOML 1.1.
func tryTOML(_ text: [UInt8]) {
    let isOld = tryTOML(text, .v1_0)
    let isNew = tryTOML(text, .v1_1)
    precondition(isNew || !isOld, "TOML 1.1 refuses a file of TOML 1.0")
}

/// Whether the file is one of the version.
private func tryTOML(_ text: [UInt8], _ version: TOMLVersion) -> Bool {
    let recovered = TOMLDocument(recovering: text, version: version)
    do {
        let table = try TOMLDocument(parsing: text, version: version).table
        expectEqual(recovered.errors, [])
        precondition(table == recovered.table, "the readers do not agree")
        // The deepest trees have no printed form that the limits permit.
        if let printed = try? TOMLDocument(parsing: "\(table)") {
            precondition(printed.table == table, "the printed form says something else")
        }
    } catch {
        expectEqual(recovered.errors.first, error)
    }
    let places = recovered.errors.map(\.position)
    precondition(zip(places, places.dropFirst()).allSatisfy { $0 < $1 }, "the errors are not in order")
    return recovered.errors.isEmpty
}

/// Every declared entry can be registered, and is then read back as declared.
func tryConfigFile(_ text: [UInt8]) {
    let path: FilePath = "/etc/binfmtd/binfmtd.toml"
    let file = ConfigFile(path: path, text: text)
    let places = file.issues.map { ($0.location.line, $0.location.column) }
    precondition(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 }, "the complaints are not in order")
    settle(Configuration(files: [noOffers, file]))
}

func tryBinfmtDFile(_ text: [UInt8]) {
    settle(Configuration(files: [noOffers], binfmtD: [BinfmtDFile(path: "/etc/binfmt.d/x.conf", text: text)]))
}

func tryBinfmtsFile(_ text: [UInt8]) {
    for hasRunDetectors in [false, true] {
        let file = BinfmtsFile(path: "/usr/share/binfmts/x", text: text, hasRunDetectors: hasRunDetectors)
        settle(Configuration(files: [noOffers], binfmts: [file]))
    }
}

/// An entry that is parsed from the kernel's text can be registered again unchanged.
func tryEntryStatus(_ text: [UInt8]) {
    guard let status = try? EntryStatus(parsing: text), status.isFullyUnderstood,
        let name = try? EntryName(declaring: "x"), let recognition = status.recognition
    else { return }
    let entry = Entry(
        name: name, recognition: recognition, interpreter: status.interpreter ?? "", flags: status.flags)
    // The kernel may hold entries that cannot be declared: with a relative path, or an extension with a dot, which
    // never matches.
    if case .filenameExtension(let name) = entry.recognition, name.bytes.first == UInt8(ascii: ".") { return }
    if let string = try? RegisterString(entry), let line = try? RegisterLine(string.bytes) {
        expectEqual(line.entry, entry)
    }
}

/// A written state is read back as the same state.
func tryOwnership(_ text: [UInt8]) {
    guard let ownership = try? Ownership(parsing: text) else { return }
    expectEqual(try? Ownership(parsing: ownership.text), ownership)
}

func tryDaemonStatus(_ text: [UInt8]) {
    guard let status = DaemonStatus(parsing: text) else { return }
    expectEqual(DaemonStatus(parsing: status.text), status)
}

/// The explanation of any file has a few steps at most.
func tryProgramFile(_ content: [UInt8]) {
    let file = ProgramFile(header: Array(content.prefix(MagicPattern.window)), size: content.count)
    let entry = ObservedEntry(
        name: EntryName(observed: "x".utf8),
        registration: RegistrationIdentity(inode: 1),
        status: Result { () throws(EntryStatus.Malformed) in
            try EntryStatus(parsing: Array("enabled\ninterpreter /x\nflags: P\noffset 1\nmagic 45\nmask 4f\n".utf8))
        })
    let world = Execution.World(
        registry: ObservedState(isEnabled: true, entries: [entry]),
        isNative: { $0 == ELFIdentity(.bits64, .little, machine: 62) }, lookUp: { _ in .found(file) },
        lookUpHeld: { _ in .found(file) })
    let execution = Execution("/program", in: world)
    precondition((1...6).contains(execution.steps.count) && !execution.command.isEmpty, "it goes nowhere")
}

/// The built-in offers of a host with QEMU would take most of the time.
private let noOffers = ConfigFile(path: "/etc/binfmtd/first.toml", text: Array("[qemu]\ntargets = []\n".utf8))

/// Resolves a configuration on a host that has every interpreter.
private func settle(_ configuration: Configuration) {
    let file = FileIdentity(device: 1, inode: 1, size: 1, modified: FileTime(seconds: 0, nanoseconds: 0))
    let interpreters = configuration.entries.flatMap(\.interpreters).map {
        (HashedPath($0), InterpreterFile.present(file))
    }
    let facts = HostFacts(
        native: NativePrograms(identity: ELFIdentity(.bits64, .little, machine: 62)), nativeTargets: [],
        interpreters: Dictionary(interpreters, uniquingKeysWith: { first, _ in first }))
    let desired = DesiredState(configuration, facts)
    for entry in desired.entries {
        // The interpreters of a BPF handler are not in it.
        guard entry.registerString?.interpreters.isEmpty == true else { continue }
        expectEqual(entry.registerString.flatMap { try? RegisterLine($0.bytes).entry }, entry.entry)
    }
    let plan = Plan(desired, ObservedState(isEnabled: true, entries: []), Ownership())
    let report = Report(.command, configuration, after: plan)
    precondition(!report.summary.isEmpty, "there is always something to say")
}
