// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Write entries of the kernel or of other formats as TOML.",
        discussion: """
            Without a source, or with the word 'kernel', takes what is registered. A file is read by its name: *.conf as \
            binfmt.d(5), any other as one of Debian's /usr/share/binfmts; of a folder, all files that count there.

            Nothing is lost: what TOML cannot say is a comment in the file and a warning here. Exits 0 if all could be \
            said, 1 if not.

            Examples:
              binfmtctl import >/etc/binfmtd/binfmtd.toml
              binfmtctl import /usr/share/binfmts/wine >/etc/binfmtd/entries.d/wine.toml
              binfmtctl import /usr/lib/binfmt.d | less
            """
    )

    @OptionGroup var options: CommonOptions

    @Argument(help: ArgumentHelp("A file, a folder, or 'kernel'.", valueName: "source"), completion: .file())
    var sources: [String] = []

    func run() throws {
        let names = sources.isEmpty ? [Self.kernel] : sources
        let imported = try Import(names.flatMap(read), isWhole: names.contains(Self.kernel))
        if options.json {
            print(try ImportDocument(imported).json)
        } else {
            print(imported.toml, terminator: "")
            StandardError.show(imported.issues)
        }
        if !imported.isComplete { throw ExitCode.failure }
    }

    private static let kernel = "kernel"

    private func read(_ name: String) -> [ImportSource] {
        guard name == Self.kernel else {
            let path = FilePath(name)
            do { return try ImportSource.read(path) } catch { return [ImportSource(unreadable: path, error)] }
        }
        do throws(RegistryUnavailable) {
            let registry = try options.installation.openRegistry()
            return [ImportSource(kernel: registry.path, try registry.observe())]
        } catch { return [ImportSource(unavailable: options.registry, "\(error)")] }
    }
}

/// What `import --json` prints.
struct ImportDocument: Document {
    struct Entry: Encodable {
        let name: String
        let origin: String
        let enabled: Bool
        let interpreter: String
        let flags: [String]
        let recognition: RecognitionDocument
    }

    let version = 1
    let verdict: String
    let entries: [Entry]
    let issues: [IssueDocument]
    /// The file.
    let toml: String

    init(_ imported: Import) {
        verdict = imported.isComplete ? "complete" : "incomplete"
        issues = imported.issues.map(IssueDocument.init)
        toml = imported.toml
        entries = imported.entries.compactMap { item in
            guard case .entry(let entry, let isEnabled) = item.content else { return nil }
            return Entry(
                name: entry.name.description, origin: item.origin, enabled: isEnabled,
                interpreter: entry.interpreter.printable, flags: entry.flags.keys,
                recognition: RecognitionDocument(entry.recognition))
        }
    }
}
