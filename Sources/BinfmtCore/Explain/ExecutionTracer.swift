// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension Execution {
    /// - Parameters:
    ///   - path: as it is given to execve(2).
    ///   - world: what the kernel would find.
    package init(_ path: FilePath, in world: World) {
        var tracer = ExecutionTracer(path, world)
        failure = tracer.follow()
        steps = tracer.steps
        command = tracer.command
    }
}

/// Follows one execve(2) from file to interpreter until something runs or fails.
struct ExecutionTracer {
    let world: Execution.World
    private(set) var steps: [Execution.Step] = []
    private(set) var command: [String]
    private var path: FilePath
    private var role = Execution.Role.program

    init(_ path: FilePath, _ world: Execution.World) {
        self.world = world
        self.path = path
        command = [path.printable, Execution.arguments]
    }

    mutating func follow() -> (Errno, Execution.Failure)? {
        for _ in 0...Execution.maximumDepth {
            let lookup = role.isHeld ? world.lookUpHeld(path) : world.lookUp(path)
            guard case .found(let file) = lookup else { return fail(lookup) }
            let (asked, taker) = ask(file)
            let handler =
                taker.map(Execution.Handler.entry) ?? ScriptLine(header: file.header).map(Execution.Handler.script)
            if let taker, taker.flags.contains(.loader) {
                return substituteLoader(of: taker, for: file, lookup, asked)
            }
            if let handler {
                steps.append(Execution.Step(path: path, role: role, lookup: lookup, asked: asked, handler: handler))
                hand(to: handler)
                continue
            }
            let native = runsNatively(file)
            steps.append(
                Execution.Step(path: path, role: role, lookup: lookup, asked: asked, handler: native ? .processor : nil)
            )
            guard native else { return (.execFormatError, .unrecognised(path, file.kind)) }
            return load(file) ?? openHeldScript()
        }
        return (.tooManySymbolicLinkLevels, .tooDeep)
    }

    /// The kernel opens the loader of an entry with `L`, and then goes on as if no entry had taken the file
    /// (`load_misc_binary` in `fs/binfmt_misc.c`, `bprm_open_interpreter` in `fs/exec.c`).
    private mutating func substituteLoader(
        of entry: Entry, for file: ProgramFile, _ lookup: ProgramFile.Lookup, _ asked: [(EntryName, Match)]
    ) -> (Errno, Execution.Failure)? {
        let program = path
        steps.append(Execution.Step(path: path, role: role, lookup: lookup, asked: asked, handler: .entry(entry)))
        let isHeld = entry.flags.contains(.fixBinary)
        role = .loader(of: entry.name, isHeld: isHeld)
        path = entry.interpreter
        let loader = isHeld ? world.lookUpHeld(path) : world.lookUp(path)
        if case .failed = loader, let failure = fail(loader) { return failure }
        path = program
        if let line = ScriptLine(header: file.header) {
            hand(to: .script(line))
            return follow()
        }
        guard runsNatively(file) else { return (.execFormatError, .unrecognised(path, file.kind)) }
        if !file.isELFProgram { return (.execFormatError, .damaged(path)) }
        if case .found(let loader) = loader {
            steps.append(
                Execution.Step(path: entry.interpreter, role: role, lookup: .found(loader), asked: [], handler: nil))
            // ELIBBAD, which swift-system does not name.
            if file.loader != nil, !runsNatively(loader) {
                return (Errno(rawValue: 80), .loaderUnfit(entry.interpreter, of: entry.name))
            }
        }
        return openHeldScript()
    }

    /// What runs a script that the kernel holds opens it by its path, in the caller's root.
    private func openHeldScript() -> (Errno, Execution.Failure)? {
        for step in steps {
            guard case .interpreter(let name, isHeld: true) = step.role, case .script = step.handler,
                case .failed(let error, _) = world.lookUp(step.path)
            else { continue }
            return (error, .heldScriptMissing(step.path, of: name))
        }
        return nil
    }

    private mutating func fail(_ lookup: ProgramFile.Lookup) -> (Errno, Execution.Failure)? {
        steps.append(Execution.Step(path: path, role: role, lookup: lookup, asked: [], handler: nil))
        guard case .failed(let error, let reason) = lookup else { return nil }
        // The kernel holds the file, although the host no longer has it.
        if role.isHeld { return nil }
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

    private mutating func hand(to handler: Execution.Handler) {
        switch handler {
        case .entry(let entry) where entry.flags.contains(.transparent):
            // The interpreter gets the caller's argv, and the file as a descriptor.
            path = entry.interpreter
            role = .interpreter(of: entry.name, isHeld: entry.flags.contains(.fixBinary))
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

    private func load(_ file: ProgramFile) -> (Errno, Execution.Failure)? {
        if !file.isELFProgram { return (.execFormatError, .damaged(path)) }
        if let loader = file.loader, case .failed(let error, _) = world.lookUp(loader) {
            return (error, .loaderUnusable(loader, of: path))
        }
        return loadForeign()
    }

    /// The emulator opens a foreign program's loader, in the same root. Emulators other than QEMU bring their own.
    private func loadForeign() -> (Errno, Execution.Failure)? {
        guard let step = steps.first, case .entry(let entry) = step.handler, case .found(let file) = step.lookup,
            let loader = file.loader, entry.interpreter.isQemu, case .failed(let error, _) = world.lookUp(loader)
        else { return nil }
        let isElsewhere = prefixes(for: file.kind).contains { prefix in
            if case .found = world.lookUp(prefix.pushing(loader.removingRoot())) { true } else { false }
        }
        return isElsewhere ? nil : (error, .foreignLoaderMissing(loader, emulator: entry.interpreter))
    }

    /// The directories that QEMU searches before the root: the user's, and those that it and Debian's build have built in.
    private func prefixes(for kind: ProgramFile.Kind) -> [FilePath] {
        guard case .elf(let identity) = kind, let target = QemuTarget.running(identity) else { return [] }
        let builtIn = ["/etc/qemu-binfmt/\(target.name)", "/usr/gnemul/qemu-\(target.name)"]
        return [world.emulatorPrefix].compactMap(\.self) + builtIn.map { FilePath($0) }
    }
}
