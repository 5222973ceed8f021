// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import BinfmtCore
import BinfmtHost
import SystemPackage

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what the kernel does with a file, and why it does not run.",
        discussion: """
            Shows the entries that are asked, what each finds in the file, which interpreter is run with which \
            arguments, and whether all that it takes is there. Nothing is executed. Exits 0 if the file runs, 1 if not.

            Examples:
              binfmtctl explain ./busybox-arm64
              binfmtctl explain --chroot /srv/arm64 /bin/sh
            """
    )

    @OptionGroup var options: CommonOptions

    @Option(
        help: ArgumentHelp("Look at it, and at what it needs, as in a chroot to DIR.", valueName: "dir"),
        completion: .directory)
    var chroot: FilePath?

    @Argument(help: ArgumentHelp("The program, as it would be called.", valueName: "file"), completion: .file())
    var file: FilePath

    func run() throws {
        let status = HostStatus(options.installation)
        let world: Execution.World
        do throws(Errno) { world = try .host(status.picture?.observed, chroot: chroot) } catch {
            throw ValidationError("cannot look into \(chroot ?? "/"): \(error)")
        }
        let explanation = Explanation(called, in: world, status, chroot: chroot)
        if options.json {
            print(try ExplainDocument(explanation).json)
        } else {
            print(explanation.text(Terminal()))
        }
        if !explanation.execution.runs { throw ExitCode.failure }
    }
}

extension ExplainCommand {
    /// The file that a shell would execute for such a word.
    private var called: FilePath {
        let isPath = file.string.utf8.contains(UInt8(ascii: "/"))
        let files = ProgramFiles()
        func isThere(_ path: FilePath) -> Bool { if case .found = files.lookUp(path) { true } else { false } }
        if isPath || chroot != nil || isThere(file) { return file }
        return Replacement.candidates(file.string).map { FilePath($0) }.first(where: isThere) ?? file
    }
}

/// What becomes of a file, and what could be done for it.
struct Explanation {
    let file: FilePath
    let chroot: FilePath?
    let execution: Execution
    let diagnosis: Diagnosis?
    /// Nil where there is no registry.
    let registry: ObservedState?
    /// Why there is none.
    let unavailable: String?
    /// Entries that are declared for what nothing takes, and not registered.
    let declared: [HostStatus.Line]
    /// What could be declared for it, that with an interpreter that is there first.
    let remedies: [Remedy]
    /// The interpreter of the first of them that is there.
    let installed: FilePath?

    init(_ file: FilePath, in world: Execution.World, _ status: HostStatus, chroot: FilePath?) {
        self.file = file
        self.chroot = chroot
        execution = Execution(file, in: world)
        diagnosis = Diagnosis(execution)
        registry = status.picture?.observed
        unavailable = status.picture == nil ? status.summary : nil
        guard case .unrecognised(let path, _) = execution.failure?.reason,
            case .found(let unknown) = execution.steps.last?.lookup
        else {
            (declared, remedies, installed) = ([], [], nil)
            return
        }
        declared = status.lines.filter { line in
            line.order == nil && line.item.declared?.recognition?.matches(path, unknown.header) == true
        }
        func interpreter(of remedy: Remedy) -> FilePath? {
            remedy.interpreters.first { if case .found = world.lookUpHeld($0) { true } else { false } }
        }
        let all = Remedy.all(path: path, header: unknown.header)
        remedies = all.filter { interpreter(of: $0) != nil } + all.filter { interpreter(of: $0) == nil }
        installed = remedies.first.flatMap(interpreter)
    }
}
