// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// A situation as a fixture describes it: what the kernel holds, what is declared, which interpreters are missing.
///
/// The file has sections. `[kernel]`: one register string a line, in the order of registration, after a word for its
/// owner: `ours`, `stale` (ours, but the interpreter was replaced since), `unrecorded` (ours, but the file that it
/// holds is unknown), `disabled` (ours), `retaken` (ours once, but re-registered by another program), `foreign`,
/// `foreign-disabled`, `lost` (foreign, and just removed by a flush). A line of type `B` may be followed by the interpreters
/// that are bound to it, as they are written to its file: `+NAME PATH`. `[declared]`: binfmtd.toml. `[missing]`:
/// interpreters that do not exist, followed by `just now` if they existed a moment ago, or by `unknown` if they could
/// not be examined; all others exist. `[plan]`: the expected plan.
package struct PlanCase {
    package let name: String
    package let declared: String
    package let configuration: Configuration
    package let desired: DesiredState
    /// The whole file up to the plan.
    private let head: String
    private let kernel: [(whose: String, line: [UInt8], bound: [BPFHandler.Interpreter])]
    /// The interpreters that do not exist.
    private let absent: Set<FilePath>

    package init(_ name: String, text: String) {
        self.name = name
        var sections: [Substring: [Substring]] = [:]
        var current: Substring = ""
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if ["[kernel]", "[declared]", "[missing]", "[plan]"].contains(line) {
                current = line
            } else {
                sections[current, default: []].append(line)
            }
        }
        func lines(_ section: Substring) -> [Substring] { (sections[section] ?? []).filter { !$0.isEmpty } }
        var kernel: [(whose: String, line: [UInt8], bound: [BPFHandler.Interpreter])] = []
        for words in lines("[kernel]").map({ $0.split(separator: " ", maxSplits: 1) }) where words.count == 2 {
            if words[0].hasPrefix("+"), let last = kernel.indices.last {
                kernel[last].bound.append(
                    BPFHandler.Interpreter(name: Array(words[0].utf8.dropFirst()), path: FilePath(String(words[1]))))
            } else {
                kernel.append((String(words[0]), Array(words[1].utf8), []))
            }
        }
        self.kernel = kernel
        declared = (sections["[declared]"] ?? []).joined(separator: "\n")
        configuration = Configuration(
            files: [ConfigFile(path: "/etc/binfmtd/binfmtd.toml", text: Array(declared.utf8))])
        let gone = lines("[missing]").map { $0.split(separator: " ", maxSplits: 1) }
        absent = Set(gone.filter { $0.count == 1 }.map { FilePath(String($0[0])) })
        desired = Self.desired(
            configuration,
            missing: Dictionary(
                gone.map { words in
                    (FilePath(String(words[0])), words.last == "unknown" ? .ioError : .noSuchFileOrDirectory)
                }, uniquingKeysWith: { $1 }),
            vanished: Set(gone.filter { $0.last == "just now" }.map { FilePath(String($0[0])) }))
        head = text.range(of: "[plan]\n").map { String(text[..<$0.lowerBound]) } ?? text
    }

    /// The case of a fixture.
    package init(fixture name: String) throws {
        self.init(name, text: try Fixtures.text("plan/\(name)"))
    }

    package static func names() throws -> [String] { try Fixtures.names(in: "plan") }

    package static func all() throws -> [PlanCase] { try names().map(PlanCase.init(fixture:)) }

    /// Compares a plan with the fixture's plan.
    package func expectPlan(_ plan: Plan) throws {
        try expectEqual("\(head)[plan]\n\(plan.canonicalText)", fixture: "Tests/Fixtures/plan/\(name)")
    }

    private static func desired(
        _ configuration: Configuration, missing: [FilePath: Errno], vanished: Set<FilePath>
    ) -> DesiredState {
        let paths = configuration.entries.flatMap(\.interpreters)
        let files = paths.map { (HashedPath($0), missing[$0].map { .missing($0) } ?? file($0, 1)) }
        let facts = HostFacts(
            native: NativePrograms(identity: ELFIdentity(.bits64, .little, machine: 62)),
            nativeTargets: Set(["x86_64", "i386", "i486"].compactMap(QemuTarget.named)),
            interpreters: Dictionary(files, uniquingKeysWith: { first, _ in first }),
            vanished: vanished)
        return DesiredState(configuration, facts)
    }

    private static func file(_ path: FilePath, _ generation: Int64) -> InterpreterFile {
        .present(
            FileIdentity(
                device: 1, inode: UInt64(path.string.utf8.count), size: generation,
                modified: FileTime(seconds: 0, nanoseconds: 0)))
    }

    /// Puts a registry into the initial state of the case.
    ///
    /// - Returns: the ownership of its entries.
    package func prepare(_ registry: some Registry, disable: (EntryName) throws -> Void) throws -> Ownership {
        for (whose, line, bound) in kernel where whose != "lost" {
            let string = try RegisterString(try Self.entry(Self.withoutStandInPrefix(line), bound))
            let registered = Self.isStandIn(line) ? string.standIn : string
            try registry.perform(.register(registered))
            for interpreter in bound { try registry.perform(.bind(registered.name, interpreter)) }
            if registered.isDisabled { try registry.perform(.enable(registered.name)) }
        }
        let observed = try registry.observe()
        var ownership = Ownership()
        for (whose, line, bound) in kernel where !Self.isStandIn(line) {
            let entry = try Self.entry(line, bound)
            if whose.hasSuffix("disabled") { try disable(entry.name) }
            guard !whose.hasPrefix("foreign"), whose != "lost" else { continue }
            let generation: Int64? = whose == "stale" ? 0 : whose == "unrecorded" ? nil : 1
            let registration = observed.entries.first { $0.name == entry.name }?.registration
            ownership.records[entry.name] = Ownership.Record(
                registration: whose == "retaken" ? Self.earlier : registration,
                interpreter: !entry.holdsInterpreters
                    ? nil
                    : generation.flatMap { generation in
                        HeldFiles(entry.namedInterpreters.compactMap { Self.file($0, generation).identity })
                    })
        }
        return ownership
    }

    /// The registration of an entry that no longer exists.
    private static let earlier = RegistrationIdentity(inode: 0)

    /// Foreign entries that a flush removed, oldest first.
    private var lost: [Entry] {
        kernel.filter { $0.whose == "lost" }.compactMap { try? Self.entry($0.line, $0.bound) }
    }

    private static func entry(_ line: [UInt8], _ bound: [BPFHandler.Interpreter]) throws -> Entry {
        let entry = try RegisterLine(line).entry
        guard let handler = entry.recognition.handler else { return entry }
        let whole = BPFHandler(name: handler.name, interpreters: bound)
        return Entry(name: entry.name, handler: whole)
    }

    /// Whether an entry of it asks a BPF handler, for which a kernel needs one of that name.
    package var hasHandlers: Bool {
        kernel.contains { (try? RegisterLine($0.line).entry.recognition.handler) != nil }
            || configuration.entries.contains { $0.recognition?.handler != nil }
    }

    /// An empty registry that takes all entries of some cases.
    package static func registry(for cases: PlanCase...) -> ModelRegistry {
        let hasHandlers = cases.contains(where: \.hasHandlers)
        return hasHandlers ? ModelRegistry(.transparent, handlers: ["handler"]) : ModelRegistry()
    }

    private static func isStandIn(_ line: [UInt8]) -> Bool { line.dropFirst().starts(with: "~binfmtd~".utf8) }

    private static func withoutStandInPrefix(_ line: [UInt8]) -> [UInt8] {
        isStandIn(line) ? Array(line.prefix(1) + line.dropFirst(1 + "~binfmtd~".utf8.count)) : line
    }

    /// The plan for this case's declarations, given the state of a registry.
    ///
    /// - Parameters:
    ///   - isQuiet: whether no other program writes to it.
    ///   - hasStaging: whether the kernel can register an entry disabled.
    ///   - hasPassed: whether a pass has already restored the entries that a flush removed.
    package func plan(
        _ observed: ObservedState, _ ownership: Ownership, isQuiet: Bool = true, hasStaging: Bool = false,
        hasPassed: Bool = false
    ) -> Plan {
        var circumstances = Plan.Circumstances()
        circumstances.policy = configuration.daemon.foreignPolicy
        circumstances.qemu = configuration.qemu
        circumstances.broken = configuration.brokenFiles
        circumstances.isQuiet = isQuiet
        circumstances.hasStaging = hasStaging
        circumstances.absent = absent
        circumstances.lost = circumstances.policy == .protect && !hasPassed ? lost : []
        return Plan(desired, observed, ownership, circumstances)
    }
}

extension Plan {
    /// The text for a fixture: each reported entry, then the writes.
    package var canonicalText: String {
        var text = ""
        for item in items {
            if let change = item.change {
                text += "\(change.kind.symbol) \(change.name) \(change.kind.rawValue): \(change.cause)\n"
            } else if item.state != .active || item.reason != nil {
                text += "  \(item.name) \(item.state.rawValue)" + (item.reason.map { ": \($0)" } ?? "") + "\n"
            }
        }
        for step in steps { text += "> \(step.write)\n" }
        return text.isEmpty ? "nothing\n" : text
    }
}

extension Registry {
    /// Carries out a plan as the daemon does; every write has to succeed.
    package func carryOut(_ plan: Plan) throws {
        for outcome in PlanApplication(plan, perform: perform).outcomes {
            if let failure = outcome.failure { throw failure }
        }
    }
}
