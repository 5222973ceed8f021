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

    @Flag(help: "Release only what holds another file system than the root's, which then can be unmounted.")
    var offRoot = false

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
        // The units ask for this at every shutdown, and mostly there is nothing to tell.
        let isWorthAWord = !offRoot || !document.changes.isEmpty || document.verdict != "released"
        if options.json {
            print(try document.json)
        } else if isWorthAWord {
            print(document.releaseText(Terminal()))
        }
        if document.verdict != "released" { throw ExitCode.failure }
    }

    private func release() throws -> PlanDocument {
        let installation = options.installation
        let reconciler = try installation.reconciler { () throws(RegistryUnavailable) in
            try installation.lockRegistry()
        }
        var wanted = names.isEmpty ? nil : Set(names.map { EntryName(observed: $0.utf8) })
        if offRoot {
            let elsewhere = try reconciler.ownedElsewhere(than: "/")
            wanted = wanted?.intersection(elsewhere) ?? elsewhere
        }
        let (outcomes, foreign) = try reconciler.release(wanted)
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
