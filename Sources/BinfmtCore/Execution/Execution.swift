// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What the kernel does when somebody executes a file: which interpreter it hands it to, which that one, and where this
/// ends (`exec_binprm` in `fs/exec.c`).
package struct Execution: Sendable {
    /// One file on the way.
    package struct Step: Sendable {
        package let path: FilePath
        /// Why the file is looked at.
        package let role: Role
        package let lookup: ProgramFile.Lookup
        /// Each entry that was asked, in order, and what became of that; all but the last did not take it.
        package let asked: [(name: EntryName, match: Match)]
        package let handler: Handler?
    }

    package enum Role: Hashable, Sendable {
        case program
        case scriptInterpreter
        /// The interpreter of an entry.
        case interpreter(of: EntryName, isHeld: Bool)
    }

    /// What the kernel runs a file by.
    package enum Handler: Hashable, Sendable {
        case entry(Entry)
        case script(ScriptLine)
        case processor
    }

    /// Why it does not run.
    package enum Failure: Hashable, Sendable {
        /// A file on the way cannot be opened or executed; `because` where there is more to say than the errno.
        case unusable(FilePath, Role, because: String?)
        /// The loader of an ELF program that the processor runs.
        case loaderUnusable(FilePath, of: FilePath)
        /// The emulator starts, but the foreign program's loader is not where it looks for that.
        case foreignLoaderMissing(FilePath, emulator: FilePath)
        /// Nothing runs a file of its kind.
        case unrecognised(FilePath, ProgramFile.Kind)
        /// The ELF header is of this processor, but not a program's that the kernel could load.
        case damaged(FilePath)
        case tooDeep
    }

    package let steps: [Step]
    /// What is executed in the end, and with which arguments.
    package let command: [String]
    /// What execve(2) answers, and why; nil if it runs.
    package let failure: (error: Errno, reason: Failure)?

    /// How often the kernel exchanges a program for its interpreter in one execve(2) (Linux 5.8; seen on 6.18).
    static let maximumDepth = 5

    /// What stands for the arguments of whoever executes it.
    package static let arguments = "ARGUMENTS"

    /// - Parameters:
    ///   - path: as it is given to execve(2).
    ///   - world: what the kernel would find.
    package init(_ path: FilePath, in world: World) {
        var tracer = Tracer(path, world)
        failure = tracer.follow()
        steps = tracer.steps
        command = tracer.command
    }

    package var runs: Bool { failure == nil }

    /// The entry that takes the file itself.
    package var entry: Entry? {
        if case .entry(let entry) = steps.first?.handler { entry } else { nil }
    }
}

extension Execution {
    /// What an execve(2) depends on besides the path.
    package struct World {
        /// Nil where there is no registry.
        package let registry: ObservedState?
        /// Whether the processor runs programs of this identity itself.
        package let isNative: (ELFIdentity) -> Bool
        /// What a path leads to in the root of whoever executes it.
        package let lookUp: (FilePath) -> ProgramFile.Lookup
        /// What it leads to where entries with `F` are registered, whose interpreters the kernel holds.
        package let lookUpHeld: (FilePath) -> ProgramFile.Lookup
        /// Where QEMU looks for a foreign program's loader first (`QEMU_LD_PREFIX`).
        package let emulatorPrefix: FilePath?

        package init(
            registry: ObservedState?, isNative: @escaping (ELFIdentity) -> Bool,
            lookUp: @escaping (FilePath) -> ProgramFile.Lookup,
            lookUpHeld: @escaping (FilePath) -> ProgramFile.Lookup, emulatorPrefix: FilePath? = nil
        ) {
            self.registry = registry
            self.isNative = isNative
            self.lookUp = lookUp
            self.lookUpHeld = lookUpHeld
            self.emulatorPrefix = emulatorPrefix
        }

        fileprivate var entries: [ObservedEntry] {
            guard let registry, registry.isEnabled else { return [] }
            return registry.entries
        }
    }

    private struct Tracer {
        let world: World
        private(set) var steps: [Step] = []
        private(set) var command: [String]
        private var path: FilePath
        private var role = Role.program

        init(_ path: FilePath, _ world: World) {
            self.world = world
            self.path = path
            command = [path.printable, Execution.arguments]
        }

        mutating func follow() -> (Errno, Failure)? {
            for _ in 0...maximumDepth {
                let lookup =
                    if case .interpreter(_, isHeld: true) = role { world.lookUpHeld(path) } else {
                        world.lookUp(path)
                    }
                guard case .found(let file) = lookup else { return fail(lookup) }
                let (asked, taker) = ask(file)
                let handler = taker.map(Handler.entry) ?? ScriptLine(header: file.header).map(Handler.script)
                if let handler {
                    steps.append(Step(path: path, role: role, lookup: lookup, asked: asked, handler: handler))
                    hand(to: handler)
                    continue
                }
                let native = runsNatively(file)
                steps.append(
                    Step(path: path, role: role, lookup: lookup, asked: asked, handler: native ? .processor : nil))
                guard native else { return (.execFormatError, .unrecognised(path, file.kind)) }
                return load(file)
            }
            return (.tooManySymbolicLinkLevels, .tooDeep)
        }

        private mutating func fail(_ lookup: ProgramFile.Lookup) -> (Errno, Failure)? {
            steps.append(Step(path: path, role: role, lookup: lookup, asked: [], handler: nil))
            guard case .failed(let error, let reason) = lookup else { return nil }
            // The kernel holds a file that this host no longer has.
            if case .interpreter(_, isHeld: true) = role { return nil }
            return (error, .unusable(path, role, because: reason))
        }

        private func ask(_ file: ProgramFile) -> (asked: [(EntryName, Match)], taker: Entry?) {
            var asked: [(EntryName, Match)] = []
            for entry in world.entries {
                let match = Match(entry, path: path, header: file.header)
                asked.append((entry.name, match))
                if match == .taken { return (asked, entry.understood) }
            }
            return (asked, nil)
        }

        private mutating func hand(to handler: Handler) {
            switch handler {
            case .entry(let entry):
                if !entry.flags.contains(.preserveArgv0) { command.removeFirst() }
                command = [entry.interpreter.printable, path.printable] + command
                path = entry.interpreter
                role = .interpreter(of: entry.name, isHeld: entry.flags.contains(.fixBinary))
            case .script(let line):
                command.removeFirst()
                command = [line.interpreter.printable] + (line.argument.map { [$0] } ?? []) + [path.printable] + command
                path = line.interpreter
                role = .scriptInterpreter
            case .processor: break
            }
        }

        private func runsNatively(_ file: ProgramFile) -> Bool {
            guard case .elf(let identity) = file.kind else { return false }
            return world.isNative(identity)
        }

        private func load(_ file: ProgramFile) -> (Errno, Failure)? {
            if !file.isELFProgram { return (.execFormatError, .damaged(path)) }
            if let loader = file.loader, case .failed(let error, _) = world.lookUp(loader) {
                return (error, .loaderUnusable(loader, of: path))
            }
            return loadForeign()
        }

        /// A foreign program's loader is opened by its emulator, in the same root. Others than QEMU bring their own.
        private func loadForeign() -> (Errno, Failure)? {
            guard let step = steps.first, case .entry(let entry) = step.handler, case .found(let file) = step.lookup,
                let loader = file.loader, entry.interpreter.isQemu, case .failed(let error, _) = world.lookUp(loader)
            else { return nil }
            let isElsewhere = prefixes(for: file.kind).contains { prefix in
                if case .found = world.lookUp(prefix.pushing(loader.removingRoot())) { true } else { false }
            }
            return isElsewhere ? nil : (error, .foreignLoaderMissing(loader, emulator: entry.interpreter))
        }

        /// Where QEMU looks before the root itself: what its user says, what it was built with, and what Debian's was.
        private func prefixes(for kind: ProgramFile.Kind) -> [FilePath] {
            guard case .elf(let identity) = kind, let target = QemuTarget.running(identity) else { return [] }
            let builtIn = ["/etc/qemu-binfmt/\(target.name)", "/usr/gnemul/qemu-\(target.name)"]
            return [world.emulatorPrefix].compactMap(\.self) + builtIn.map { FilePath($0) }
        }
    }
}

extension FilePath {
    /// Whether this is one of QEMU's emulators, by its name or, in Debian, by its folder's.
    fileprivate var isQemu: Bool { components.contains { $0.string.hasPrefix("qemu-") } }
}
