// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import",
        abstract: "Convert registered entries, or files in other formats, to TOML.",
        discussion: """
            Without a source, or with 'kernel', converts the registered entries. The name of a file determines its \
            format: *.conf is binfmt.d(5), and in a directory 'binfmts' it is that of Debian's /usr/share/binfmts; that of \
            any other file is recognised by its text. For a directory, converts all files that its format reads.

            What TOML cannot express becomes a comment in the output and a warning here, so that nothing is lost. Exits \
            0 if everything was converted, 1 if not.

            Examples:
              binfmtctl import >/etc/binfmtd/binfmtd.toml
              binfmtctl import /usr/share/binfmts/wine >/etc/binfmtd/entries.d/wine.toml
              binfmtctl import /usr/lib/binfmt.d | less
            """
    )

    @OptionGroup var options: CommonOptions

    @Argument(help: ArgumentHelp("A file, a directory, or 'kernel'.", valueName: "source"), completion: .file())
    var sources: [String] = []

    func run() throws {
        let names = sources.isEmpty ? [Self.kernel] : sources
        let imported = try Import(names.flatMap(read), isWhole: names.contains(Self.kernel))
        if options.json {
            try StandardOutput.print(ImportDocument(imported))
        } else {
            try StandardOutput.write(Terminal().content(imported.toml(schema: ConfigSchema.path)))
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
            let registry = try options.hostPaths.openRegistry()
            return [ImportSource(kernel: registry.path, try registry.observe())]
        } catch { return [ImportSource(unavailable: options.host.registry, "\(error)")] }
    }
}
