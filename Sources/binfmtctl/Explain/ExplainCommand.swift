// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Explain what the kernel does with a file, and why it does not run.",
        discussion: """
            Says whether the file runs, and what would make it run; then shows the entry that takes it, the interpreter \
            and its arguments, and whether all necessary files exist. Nothing is executed. Exits 0 if the file runs, 1 if \
            not, or if that cannot be determined.

            Examples:
              binfmtctl explain ./busybox-arm64
              binfmtctl explain --chroot /srv/arm64 /bin/sh
            """
    )

    @OptionGroup var options: CommonOptions

    @Option(
        help: ArgumentHelp("Look up all files as in a chroot to this directory.", valueName: "dir"),
        completion: .directory)
    var chroot: FilePath?

    @Flag(help: "List every entry that the kernel tries, with the byte that decides.")
    var verbose = false

    @Argument(help: ArgumentHelp("The program, as it would be called.", valueName: "file"), completion: .file())
    var file: FilePath

    func run() throws {
        let status = HostStatus(options.hostPaths)
        let world: Execution.World
        do throws(Errno) { world = try .host(status.snapshot?.observed, chroot: chroot) } catch {
            throw ValidationError("cannot open \(chroot ?? "/"): \(error)")
        }
        let explanation = Explanation(calledFile, in: world, status, chroot: chroot)
        if options.json {
            try StandardOutput.print(ExplainDocument(explanation))
        } else {
            try StandardOutput.print(explanation.text(Terminal(), isVerbose: verbose))
        }
        if !explanation.execution.runs { throw ExitCode.failure }
    }

    /// The file that a shell would execute for such a word.
    private var calledFile: FilePath {
        let isPath = file.string.utf8.contains(UInt8(ascii: "/"))
        let files = ProgramFiles()
        func exists(_ path: FilePath) -> Bool { if case .found = files.lookUp(path) { true } else { false } }
        if isPath || chroot != nil || exists(file) { return file }
        return ProcessImage.candidates(file.string).map { FilePath($0) }.first(where: exists) ?? file
    }
}
