// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import BinfmtHost
import SystemPackage

/// What a look at the host found, or why it found nothing.
struct HostStatus {
    let installation: Installation
    let issues: [Issue]
    let verdict: Report.Verdict
    let summary: String
    /// Nil where there is no registry.
    let picture: Reconciler.Picture?
    let lines: [Line]
    /// Names that were asked for and that nothing has.
    let unknownNames: [String]

    /// One entry.
    struct Line {
        let item: Plan.Item
        let state: EntryState
        let reason: String?
        /// Its place in the matching order from 1; nil if it is not in the kernel.
        let order: Int?

        var name: String { item.name.description }
        var entry: Entry? { item.desired?.entry ?? item.observed?.entry }
        var recognition: String { (entry?.recognition ?? item.declared?.recognition)?.description ?? "-" }
        var flags: String { (entry?.flags ?? item.declared?.flags)?.letters ?? "" }
        var interpreter: String { (entry?.interpreter ?? item.declared?.interpreters.first)?.printable ?? "-" }
    }

    var isInSync: Bool { verdict == .inSync && unknownNames.isEmpty }

    /// - Parameter names: the entries to show; all if none is named.
    init(_ installation: Installation, names: [String] = []) {
        do {
            let reconciler = try installation.reconciler { () throws(RegistryUnavailable) in
                try installation.openRegistry()
            }
            do { self.init(installation, try reconciler.look(), names: names) } catch {
                self.init(installation, unavailable: "\(error)", issues: reconciler.readConfiguration().issues)
            }
        } catch {
            self.init(installation, unavailable: "cannot read this program's own header: \(error)", issues: [])
        }
    }

    private init(_ installation: Installation, _ picture: Reconciler.Picture, names: [String]) {
        let report = Report(.command, picture.configuration, after: picture.plan)
        let all = Self.lines(picture)
        self.installation = installation
        self.picture = picture
        issues = picture.configuration.issues
        verdict = report.verdict
        summary = report.summary
        lines = names.isEmpty ? all : all.filter { names.contains($0.name) }
        unknownNames = names.filter { name in !all.contains { $0.name == name } }
    }

    private init(_ installation: Installation, unavailable reason: String, issues: [Issue]) {
        self.installation = installation
        self.issues = issues
        verdict = .unavailable
        summary = reason
        picture = nil
        lines = []
        unknownNames = []
    }

    private static func lines(_ picture: Reconciler.Picture) -> [Line] {
        let places = picture.observed.entries.enumerated().map { ($0.element.name, $0.offset + 1) }
        let order = Dictionary(places, uniquingKeysWith: { first, _ in first })
        let shadowing = picture.observed.shadowing
        return picture.plan.items.map { item in
            let isShadowed = item.state == .active && shadowing[item.name] != nil
            let other = shadowing[item.name].map { "'\($0)' takes all its files first" }
            return Line(
                item: item, state: isShadowed ? .shadowed : item.state, reason: isShadowed ? other : item.reason,
                order: order[item.name])
        }
    }
}
