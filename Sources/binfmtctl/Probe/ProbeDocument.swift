// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `probe --json` prints.
struct ProbeDocument: Document {
    enum Verdict: String, Encodable, CaseIterable {
        case works, fails
        /// The programs could not be run.
        case unavailable
    }

    struct Registry: Encodable {
        let path: DocumentPath
        /// Whether the registry was this command's own.
        let `private`: Bool
    }

    struct Entry: Encodable {
        /// Whether the emulator that ran is the file at the interpreter's path.
        enum File: String, Encodable, CaseIterable {
            case current, replaced, gone
        }

        let name: String
        let architecture: String
        let state: ProbeFinding.State
        let good: Bool
        let reason: OrNull<String>
        let emulator: OrNull<String>
        let file: OrNull<File>
        let milliseconds: OrNull<Int64>

        init(_ finding: ProbeFinding) {
            name = finding.name
            architecture = finding.architecture
            state = finding.state
            good = finding.state.isGood
            reason = OrNull(finding.remark)
            emulator = OrNull(finding.run?.emulator?.version)
            file =
                switch finding.run?.emulator?.file {
                case .current: OrNull(.current)
                case .replaced: OrNull(.replaced)
                case .gone: OrNull(.gone)
                case nil: OrNull(nil)
                }
            milliseconds = OrNull(finding.run?.duration.milliseconds)
        }
    }

    let version = 1
    let verdict: Verdict
    let registry: Registry
    let entries: [Entry]
    let others: [String]
    /// The platforms whose programs the processor runs itself, as Docker writes them.
    let native: [String]
    let problem: OrNull<String>

    init(_ results: ProbeResults) {
        verdict = results.problem != nil ? .unavailable : results.isGood ? .works : .fails
        registry = Registry(path: DocumentPath(results.registry), private: results.source == .private)
        entries = results.findings.map(Entry.init)
        others = results.others
        native = results.native.names
        problem = OrNull(results.problem)
    }
}
