// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// Why a declared entry should not be in the kernel.
package enum WithheldReason: Reason {
    /// It is declared with `enabled = false`.
    case disabled
    /// The processor runs these programs itself.
    case native
    /// It is declared with the flag `D`, to be enabled by another program.
    case registeredDisabled
    /// The kernel does not take these flags together.
    case flagsConflict(EntryFlags.Flag, EntryFlags.Flag)
    /// The kernel lacks what it needs.
    case unsupported(KernelFeatures.Feature, KernelVersion?)
    /// Its format has a detector, and the program that asks detectors is not installed.
    case detectorMissing(detector: String)
    /// Its pattern matches files that the kernel must go on running itself.
    case captures(NativePrograms.Capture, interpreter: FilePath, DeclarationForm)
    /// Its pattern matches the host's own programs, all of which its interpreter would load.
    case loadsNativePrograms(ELFIdentity, loader: FilePath, DeclarationForm)
    /// A user other than root could change its interpreter.
    case unsafeInterpreter(Hazard, DeclarationForm)
    /// It names no interpreter, and nor does its preset.
    case noInterpreter
    /// None of these interpreters exists.
    case interpreterMissing([FilePath])
    /// Its interpreter was there a moment ago, and may come back.
    case interpreterVanished(FilePath, grace: Duration)
    /// It is not known whether this interpreter exists.
    case interpreterUnreadable(FilePath, Errno)
    /// The kernel's register string cannot hold it.
    case notExpressible(RegisterString.Invalid)
    /// A file of binfmt.d(5) cannot have its register string, which contains raw bytes.
    case registerStringNotText
    /// A line of binfmt.d(5) cannot have the interpreters that its BPF handler may choose.
    case boundInterpreters
    /// Another declared entry has all its files.
    case yieldedToDeclared(EntryName, interpreter: FilePath)
    /// A foreign entry has all its files, or its name.
    case yieldedToForeign(EntryName, interpreter: FilePath?, Claim)
    /// Another program keeps changing it.
    case suspended(SuspensionReason)

    /// What a foreign entry has that this one would need.
    package enum Claim: Hashable, Sendable { case name, files }

    package var code: ReasonCode {
        switch self {
        case .disabled: .disabled
        case .native: .native
        case .registeredDisabled: .registeredDisabled
        case .flagsConflict: .flagsConflict
        case .unsupported: .featureUnsupported
        case .detectorMissing: .detectorMissing
        case .captures(.nativePrograms, _, _): .capturesNativePrograms
        case .captures(.scripts, _, _): .capturesScripts
        case .loadsNativePrograms: .capturesNativePrograms
        case .unsafeInterpreter: .unsafeInterpreter
        case .noInterpreter: .noInterpreter
        case .interpreterMissing: .interpreterMissing
        case .interpreterVanished: .interpreterVanished
        case .interpreterUnreadable: .interpreterUnreadable
        case .notExpressible(.tooLong): .registerStringTooLong
        case .notExpressible(.noDelimiter): .noDelimiter
        case .boundInterpreters: .boundInterpreters
        case .registerStringNotText: .registerStringNotText
        case .yieldedToDeclared: .yieldedToDeclared
        case .yieldedToForeign: .yieldedToForeign
        case .suspended(let reason): reason.code
        }
    }
}
