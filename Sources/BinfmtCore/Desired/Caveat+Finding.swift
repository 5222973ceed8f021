// SPDX-License-Identifier: Apache-2.0
import SystemPackage

extension Caveat {
    /// What the user of an entry should know, the worst first.
    ///
    /// - Parameters:
    ///   - file: its interpreter as this host has it; nil where it has none.
    ///   - passedOver: why better candidates are not taken.
    static func all(
        of entry: Entry, _ declared: DeclaredEntry, _ file: InterpreterFile?, passedOver: [Hazard]
    ) -> [Caveat] {
        var caveats: [Caveat] = []
        if let file { caveats += found(entry, file) }
        if !declared.isOffer, case .magic(let pattern) = entry.recognition, let mistake = pattern.mistake {
            caveats.append(.magic(mistake, declared.form))
        }
        if entry.interpreter.expectsArgv0, !entry.flags.contains(.preserveArgv0) {
            caveats.append(.interpreterNeedsArgv0(entry.interpreter))
        }
        caveats += passedOver.map(Caveat.candidateUnsafe)
        if let file { caveats += heldInContainers(entry, file) } else { caveats.append(missing(entry)) }
        return caveats
    }

    /// What the user of an interpreter should know that the kernel holds for a BPF handler. Which files the handler takes is
    /// not known.
    static func held(_ path: FilePath, _ file: InterpreterFile) -> [Caveat] {
        if let obstacle = file.obstacle { return [.obstacle(obstacle, path)] }
        return inContainers(path, file)
    }

    private static func found(_ entry: Entry, _ file: InterpreterFile) -> [Caveat] {
        if let obstacle = file.obstacle { return [.obstacle(obstacle, entry.interpreter)] }
        // The interpreter of an entry with L is no program that the entry would run.
        guard let content = file.content, !entry.flags.contains(.loader),
            entry.recognition.matches(entry.interpreter, content.header)
        else {
            return []
        }
        return [.matchesInterpreter(entry.interpreter)]
    }

    private static func heldInContainers(_ entry: Entry, _ file: InterpreterFile) -> [Caveat] {
        entry.flags.contains(.fixBinary) ? inContainers(entry.interpreter, file) : []
    }

    private static func inContainers(_ interpreter: FilePath, _ file: InterpreterFile) -> [Caveat] {
        guard let content = file.content else { return [] }
        if let script = ScriptLine(header: content.header) {
            return [.interpreterScript(interpreter, runBy: script.interpreter)]
        }
        return content.isDynamic ? [.interpreterDynamic(interpreter)] : []
    }

    private static func missing(_ entry: Entry) -> Caveat {
        entry.interpreter.looksLikeCommandLine
            ? .interpreterWithArguments(entry.interpreter) : .interpreterAbsent(entry.interpreter)
    }
}
