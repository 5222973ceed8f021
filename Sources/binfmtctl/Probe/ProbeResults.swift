// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// The results of running a program of each architecture.
struct ProbeResults {
    /// The registry that the programs run through.
    enum Source {
        case host
        /// One of this process's own, with the declared entries.
        case `private`
    }

    let registry: FilePath
    let source: Source
    let findings: [ProbeFinding]
    /// Entries that match no such program.
    let others: [String]
    /// The reason why the programs could not be run.
    let problem: String?
    /// Whether all entries were to be tried.
    let isWhole: Bool

    var isGood: Bool { problem == nil && findings.allSatisfy(\.state.isGood) }

    /// The platforms whose programs the processor runs itself, which is asked only for those who show them.
    var native: PlatformList { .ofThisProcessor }

    /// Runs the programs.
    ///
    /// - Parameters:
    ///   - names: the entries and targets to try; all entries if empty.
    ///   - limit: the time that each program may take.
    init(_ hostPaths: HostPaths, _ source: Source, names: [String], limit: Duration) {
        registry = hostPaths.registry
        self.source = source
        isWhole = names.isEmpty
        var findings: [ProbeFinding] = []
        var others: [String] = []
        var problem: String?
        do {
            let (observed, absent) =
                switch source {
                case .host: try Self.registered(hostPaths)
                case .private: try Self.declared(hostPaths)
                }
            let plan = ProbePlan(observed, absent: absent, names: names)
            others = plan.others
            let prober = plan.hasJobs ? try Prober(limit: limit) : nil
            for item in plan.items {
                switch item {
                case .finding(let finding): findings.append(finding)
                case .job(let job): if let prober { findings.append(try prober.test(job, observed)) }
                }
            }
        } catch { problem = "\(error)" }
        self.findings = findings
        self.others = others
        self.problem = problem
    }
}
