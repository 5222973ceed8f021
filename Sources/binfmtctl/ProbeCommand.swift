// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct ProbeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "probe",
        abstract: "Run a tiny program of each architecture: which really work, and by which emulator.",
        discussion: """
            The programs are made for this, a few instructions each, and executed in an empty root, as a container \
            would. Without a name, every entry is tried that is for such programs; a name is an entry's or a target's. \
            Needs no root where user namespaces are allowed. Exits 0 if all that was tried does what its entry says, 1 \
            if not.

            Examples:
              binfmtctl probe
              binfmtctl probe arm64 riscv64
              binfmtctl probe --private       what is declared, before it is registered
            """
    )

    @OptionGroup var options: CommonOptions

    @Flag(
        name: .customLong("private"),
        help: "Try what is declared, in a registry of this command's own (Linux 6.7).")
    var isPrivate = false

    @Option(help: ArgumentHelp("How long each program may take.", valueName: "seconds"))
    var timeout: Double = 5

    @Argument(
        help: ArgumentHelp("Try these entries or targets alone.", valueName: "name"),
        completion: Completions.entriesAndTargets)
    var names: [String] = []

    func validate() throws {
        guard timeout > 0, timeout <= 3600 else { throw ValidationError("'--timeout' must be from 0 to 3600.") }
    }

    func run() throws {
        let results = ProbeResults(
            options.hostPaths, isPrivate: isPrivate, names: names, limit: .milliseconds(Int(timeout * 1000)))
        if options.json {
            print(try ProbeDocument(results).json)
        } else {
            print(results.text(Terminal()))
        }
        if !results.isGood { throw ExitCode.failure }
    }
}

/// What was tried, where, and what came of it.
struct ProbeResults {
    let registry: String
    let isPrivate: Bool
    let findings: [ProbeFinding]
    /// Entries that no such program is for.
    let others: [String]
    /// Why nothing more was tried.
    let problem: String?

    var isGood: Bool { problem == nil && findings.allSatisfy(\.state.isGood) }

    init(_ hostPaths: HostPaths, isPrivate: Bool, names: [String], limit: Duration) {
        registry = hostPaths.registry.printable
        self.isPrivate = isPrivate
        var findings: [ProbeFinding] = []
        var others: [String] = []
        var problem: String?
        do {
            let (observed, absent) = try isPrivate ? Self.declared(hostPaths) : Self.registered(hostPaths)
            let plan = ProbePlan(observed, absent: absent, names: names)
            others = plan.others
            let prober = plan.hasJobs ? try Prober(limit: limit) : nil
            for item in plan.items {
                switch item {
                case .finding(let finding): findings.append(finding)
                case .job(let job): if let prober { findings.append(try prober.find(job, observed)) }
                }
            }
        } catch { problem = "\(error)" }
        self.findings = findings
        self.others = others
        self.problem = problem
    }

    private typealias Subject = (ObservedState, absent: [ProbePlan.Absent])

    /// What this host's registry holds, and what it should hold besides.
    private static func registered(_ hostPaths: HostPaths) throws -> Subject {
        let status = HostStatus(hostPaths)
        guard let preview = status.preview else {
            throw Unavailable(description: "\(status.summary). Without one: binfmtctl probe --private")
        }
        let reasons: Set<EntryState> = [.pending, .waiting, .refused, .failed, .suspended]
        let absent = status.lines.compactMap { line -> ProbePlan.Absent? in
            guard line.order == nil, reasons.contains(line.state), let recognition = line.item.declared?.recognition
            else { return nil }
            let isPending = line.state == .pending
            let reason =
                isPending ? "declared, and not yet registered" : line.reason?.description ?? line.state.rawValue
            return (line.item.name, recognition, reason)
        }
        return (preview.observed, absent)
    }

    /// What is declared, in a registry that this process alone has.
    private static func declared(_ hostPaths: HostPaths) throws -> Subject {
        var directories = hostPaths.configDirectories
        let instance = try PrivateInstance(at: hostPaths.registry, directories.read().configuration)
        let desired = instance.desired
        let entries = Dictionary(desired.entries.map { ($0.entry.name, $0.entry) }, uniquingKeysWith: { $1 })
        let refused = instance.refused.compactMap { name, error in
            entries[name].map { (name, $0.recognition, "the kernel does not take it: \(error)") }
        }
        let withheld = desired.withheld.filter { $0.state != .disabled }.compactMap { item in
            item.declared.recognition.map { (item.declared.name, $0, item.reason.description) }
        }
        return (try instance.registry.observe(), refused + withheld)
    }

    private struct Unavailable: Error, CustomStringConvertible {
        let description: String
    }
}
