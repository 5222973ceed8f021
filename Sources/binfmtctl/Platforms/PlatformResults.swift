// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost

/// The platforms whose programs run on this host, by Docker's names, each proved by running a program.
struct PlatformResults {
    struct Item {
        enum Runner {
            case processor
            /// - Parameter version: that of the emulator; nil if it does not tell.
            case entry(String, version: String?)
        }

        let name: String
        /// Nil if its programs do not run.
        let runner: Runner?
        /// Why they do not.
        let reason: String?
    }

    let items: [Item]
    /// The reason why the programs could not be run.
    let problem: String?
    private let isWhole: Bool

    /// Whether everything that was asked for runs.
    var isGood: Bool { items.allSatisfy { $0.runner != nil } && (problem == nil || !isWhole) }

    /// The time that each program may take.
    private static let limit = Duration.seconds(5)

    /// - Parameter names: the platforms to try; all that run here if empty.
    init(_ hostPaths: HostPaths, names: [String]) {
        let native = PlatformList.ofThisProcessor
        let named = names.map { ($0, QemuTarget.platform(named: $0)) }
        let foreign = named.compactMap(\.1).filter { $0.platform != nil && !native.targets.contains($0.target) }
        // Without a name each entry is tried.
        let results =
            names.isEmpty || !foreign.isEmpty
            ? ProbeResults(hostPaths, .host, names: Set(foreign.map(\.target.name)).sorted(), limit: Self.limit) : nil
        let findings = Dictionary(grouping: results?.findings ?? [], by: \.architecture)
        isWhole = names.isEmpty
        problem = results?.problem
        if names.isEmpty {
            let working = QemuTarget.all.filter { findings[$0.name]?.contains { $0.state == .works } == true }
            items = native.adding(working).names.compactMap { name in
                QemuTarget.platform(named: name).map { Item(name, $0.target, native, findings[$0.target.name] ?? []) }
            }
        } else {
            let problem = problem
            items = named.map { text, platform in
                guard let platform else { return Item(unknown: text) }
                guard let name = platform.platform else { return Item(unnamed: platform.target) }
                return Item(name, platform.target, native, findings[platform.target.name] ?? [], problem)
            }
        }
    }
}

extension PlatformResults.Item {
    /// - Parameters:
    ///   - target: the target of the platform's programs.
    ///   - findings: the results of its programs.
    ///   - problem: why there are none.
    fileprivate init(
        _ name: String, _ target: QemuTarget, _ native: PlatformList, _ findings: [ProbeFinding],
        _ problem: String? = nil
    ) {
        self.name = name
        // The variants of a processor are listed with its platform, and those of an emulated one are not known.
        let isLevel = name.hasPrefix("linux/amd64/")
        let isNative = native.targets.contains(target)
        let working = findings.first { $0.state == .works }
        if isNative {
            let runs = !isLevel || native.names.contains(name)
            runner = runs ? .processor : nil
            reason = runs ? nil : "this processor, or its kernel, lacks instructions of this level"
        } else if isLevel {
            runner = nil
            reason = working == nil ? Self.reason(findings, problem) : "it is unknown which levels an emulator has"
        } else {
            runner = working.map { .entry($0.name, version: $0.run?.emulator?.version) }
            reason = working == nil ? Self.reason(findings, problem) : nil
        }
    }

    /// A name that no platform has.
    fileprivate init(unknown text: String) {
        name = text
        runner = nil
        reason = "no such platform" + Spelling.hint(for: text, among: QemuTarget.shortPlatforms)
    }

    /// A target that Docker does not know.
    fileprivate init(unnamed target: QemuTarget) {
        name = target.name
        runner = nil
        reason = "Docker has no platform for it; see binfmtctl probe \(target.name)"
    }

    private static func reason(_ findings: [ProbeFinding], _ problem: String?) -> String {
        if let problem { return "it could not be tried: \(problem)" }
        guard let finding = findings.first else { return "no entry is registered for it" }
        if finding.state == .notRegistered { return finding.remark ?? "no entry is registered for it" }
        return "'\(finding.name)': \(finding.remark ?? finding.state.rawValue)"
    }
}
