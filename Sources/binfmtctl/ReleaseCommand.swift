// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost

struct ReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Unregister what binfmtd registered, all of it or these entries.",
        discussion: """
            What others registered stays. Beside a running daemon, which would put them back, nothing is done: stop it \
            first, or declare 'enabled = false'. Exits 0 if none of them is registered any more, 1 if not.

            Examples:
              systemctl disable --now binfmtd && binfmtctl release
              systemctl restart systemd-binfmt
            """
    )

    @OptionGroup var options: CommonOptions

    @Argument(help: ArgumentHelp("Release these entries alone.", valueName: "name"), completion: Completions.entries)
    var names: [String] = []

    func run() throws {
        let document: PlanDocument
        do {
            document = try release()
        } catch RegistryUnavailable.keptByAnother {
            let summary = "A running binfmtd keeps these entries; systemctl stop binfmtd, then release them"
            document = PlanDocument(verdict: "refused", summary: summary, changes: [], issues: [])
        } catch {
            let verdict = Report.Verdict.unavailable.rawValue
            document = PlanDocument(verdict: verdict, summary: "\(error)", changes: [], issues: [])
        }
        print(options.json ? try document.json : document.releaseText(Terminal()))
        if document.verdict != "released" { throw ExitCode.failure }
    }

    private func release() throws -> PlanDocument {
        let installation = options.installation
        let reconciler = try installation.reconciler { () throws(RegistryUnavailable) in
            try installation.lockRegistry()
        }
        let wanted = names.map { EntryName(observed: $0.utf8) }
        let (outcomes, foreign) = try reconciler.release(wanted.isEmpty ? nil : Set(wanted))
        let changes = outcomes.map { PlanDocument.Change($0) }
        let count = changes.count { $0.error == nil }
        var summary = "\(count) \(count == 1 ? "entry" : "entries") released."
        for name in foreign { summary += " '\(name)' is not binfmtd's." }
        let isDone = foreign.isEmpty && count == changes.count
        return PlanDocument(verdict: isDone ? "released" : "degraded", summary: summary, changes: changes, issues: [])
    }
}

extension PlanDocument {
    fileprivate func releaseText(_ terminal: Terminal) -> String {
        (changes.map { $0.error.map { error in "Entry '\(error)'" } ?? "- \($0.name)" } + [summary])
            .map { terminal.prose($0, hanging: 2) }.joined(separator: "\n")
    }
}
