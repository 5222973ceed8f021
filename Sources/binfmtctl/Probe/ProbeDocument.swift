// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// What `probe --json` prints.
struct ProbeDocument: Document {
    struct Registry: Encodable {
        let path: String
        /// Whether it was this command's own.
        let `private`: Bool
    }

    struct Entry: Encodable {
        let name: String
        let architecture: String
        let state: String
        let good: Bool
        let reason: OrNull<String>
        let emulator: OrNull<String>
        /// Whether what runs is what is at the interpreter's path: "current", "replaced" or "gone".
        let file: OrNull<String>
        let milliseconds: OrNull<Int64>
    }

    let version = 1
    let verdict: String
    let registry: Registry
    let entries: [Entry]
    let others: [String]
    let problem: OrNull<String>

    init(_ results: ProbeResults) {
        verdict = results.problem != nil ? "unavailable" : results.isGood ? "works" : "fails"
        registry = Registry(path: results.registry, private: results.isPrivate)
        others = results.others
        problem = OrNull(results.problem)
        entries = results.findings.map { finding in
            let file: String? =
                switch finding.run?.emulator?.file {
                case .current: "current"
                case .replaced: "replaced"
                case .gone: "gone"
                case nil: nil
                }
            return Entry(
                name: finding.name, architecture: finding.architecture, state: finding.state.rawValue,
                good: finding.state.isGood, reason: OrNull(finding.remark),
                emulator: OrNull(finding.run?.emulator?.version), file: OrNull(file),
                milliseconds: OrNull(finding.run?.duration.milliseconds))
        }
    }
}
