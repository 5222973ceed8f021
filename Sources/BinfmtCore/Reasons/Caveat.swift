// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What the user of an entry that can be registered should know all the same.
package enum Caveat: Reason {
    /// The kernel will not execute the interpreter.
    case obstacle(KernelRefusal.Obstacle, FilePath)
    /// Its own pattern matches its interpreter, so that the kernel runs in a circle.
    case matchesInterpreter(FilePath)
    /// Its magic hardly is what its author meant.
    case magic(MagicMistake, DeclarationForm)
    /// There is no such file, and the path reads like a command line.
    case interpreterWithArguments(FilePath)
    /// It takes the second argument for the program's argv[0], which the kernel passes with `P` alone.
    case interpreterNeedsArgv0(FilePath)
    /// A better candidate for the interpreter is passed over.
    case candidateUnsafe(Hazard)
    /// The kernel holds the interpreter, but not the loader and the libraries that it needs.
    case interpreterDynamic(FilePath)
    /// The kernel holds the interpreter, a script, but not the program that runs it and opens it by its path.
    case interpreterScript(FilePath, runBy: FilePath)
    /// This host has no such interpreter; an entry without `F` is for those who have one.
    case interpreterAbsent(FilePath)

    package var code: ReasonCode {
        switch self {
        case .obstacle(let obstacle, _): obstacle.code
        case .matchesInterpreter: .matchesInterpreter
        case .magic(.hexadecimal, _): .magicIsHexadecimal
        case .magic(.escape, _): .magicHasEscape
        case .magic(.doubledBackslash, _): .magicHasDoubledBackslash
        case .interpreterWithArguments: .interpreterWithArguments
        case .interpreterNeedsArgv0: .interpreterNeedsArgv0
        case .candidateUnsafe: .candidateUnsafe
        case .interpreterDynamic: .interpreterDynamic
        case .interpreterScript: .interpreterScript
        case .interpreterAbsent: .interpreterAbsent
        }
    }
}
