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
        if let file, let caveat = inItself(entry, file) { caveats.append(caveat) }
        if !declared.isOffer, case .magic(let pattern) = entry.recognition, let mistake = pattern.mistake {
            caveats.append(.magic(mistake, declared.form))
        }
        if !entry.flags.contains(.preserveArgv0), entry.interpreter.expectsArgv0 {
            caveats.append(.interpreterNeedsArgv0(entry.interpreter))
        }
        for hazard in passedOver { caveats.append(.candidateUnsafe(hazard)) }
        if let file {
            if entry.flags.contains(.fixBinary), let caveat = inContainers(entry.interpreter, file) {
                caveats.append(caveat)
            }
        } else {
            caveats.append(missing(entry))
        }
        return caveats
    }

    /// What the user of an interpreter should know that the kernel holds for a BPF handler. Which files the handler takes is
    /// not known.
    static func held(_ path: FilePath, _ file: InterpreterFile) -> Caveat? {
        file.obstacle.map { .obstacle($0, path) } ?? inContainers(path, file)
    }

    private static func inItself(_ entry: Entry, _ file: InterpreterFile) -> Caveat? {
        if let obstacle = file.obstacle { return .obstacle(obstacle, entry.interpreter) }
        // The interpreter of an entry with L is no program that the entry would run.
        guard let content = file.content, !entry.flags.contains(.loader),
            entry.recognition.matches(entry.interpreter, content.header)
        else {
            return nil
        }
        return .matchesInterpreter(entry.interpreter)
    }

    private static func inContainers(_ interpreter: FilePath, _ file: InterpreterFile) -> Caveat? {
        guard let content = file.content else { return nil }
        if let script = ScriptLine(header: content.header) {
            return .interpreterScript(interpreter, runBy: script.interpreter)
        }
        return content.isDynamic ? .interpreterDynamic(interpreter) : nil
    }

    private static func missing(_ entry: Entry) -> Caveat {
        entry.interpreter.looksLikeCommandLine
            ? .interpreterWithArguments(entry.interpreter) : .interpreterAbsent(entry.interpreter)
    }
}
