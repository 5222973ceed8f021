// SPDX-License-Identifier: Apache-2.0

/// The machine names of all reasons, as JSON and the daemon's status file have them. A code is never renamed and never
/// gets another meaning; the sentence beside it may.
package enum ReasonCode: String, CaseIterable, Sendable {
    // Hazard
    case ownedByUser = "owned-by-user"
    case worldWritable = "world-writable"
    case groupWritable = "group-writable"
    case creatableByOthers = "creatable-by-others"
    case mountedByUser = "mounted-by-user"

    // WithheldReason
    case disabled
    case native
    case detectorMissing = "detector-missing"
    case capturesNativePrograms = "captures-native-programs"
    case capturesScripts = "captures-scripts"
    case unsafeInterpreter = "unsafe-interpreter"
    case noInterpreter = "no-interpreter"
    case interpreterMissing = "interpreter-missing"
    case interpreterVanished = "interpreter-vanished"
    case interpreterUnreadable = "interpreter-unreadable"
    case registerStringTooLong = "register-string-too-long"
    case noDelimiter = "no-delimiter"
    case boundInterpreters = "bound-interpreters"
    case registerStringNotText = "register-string-not-text"
    case yieldedToDeclared = "yielded-to-declared"
    case yieldedToForeign = "yielded-to-foreign"
    case suspended
    case flagsConflict = "flags-conflict"
    case registeredDisabled = "registered-disabled"

    // ChangeCause
    case declared
    case removed
    case standInServed = "stand-in-served"
    case differs
    case interpreterReplaced = "interpreter-replaced"
    case interpreterUnknown = "interpreter-unknown"
    case reregistered = "re-registered"
    case mustPrecede = "must-precede"
    case overtaken
    case switchedOff = "switched-off"
    case undeclared
    case deselected
    case flushed
    case leftover
    case released
    case foreign

    // Caveat
    case matchesInterpreter = "matches-interpreter"
    case magicIsHexadecimal = "magic-is-hexadecimal"
    case magicHasEscape = "magic-has-escape"
    case magicHasDoubledBackslash = "magic-has-doubled-backslash"
    case interpreterWithArguments = "interpreter-with-arguments"
    case interpreterScript = "interpreter-script"
    case interpreterAbsent = "interpreter-absent"
    case interpreterNeedsArgv0 = "interpreter-needs-argv0"
    case interpreterDynamic = "interpreter-dynamic"
    case candidateUnsafe = "candidate-unsafe"

    // EntryReason.Hold
    case heldByBrokenFile = "held-by-broken-file"
    case heldByMissingFile = "held-by-missing-file"
    case heldByDisturbance = "held-by-disturbance"

    // EntryReason
    case masked
    case shadowed
    case besideForeign = "beside-foreign"
    case unknownFeatures = "unknown-features"

    // WriteFailure and KernelRefusal
    case writeFailed = "write-failed"
    case nameTaken = "name-taken"
    case interpreterGone = "interpreter-gone"
    case interpreterNotAFile = "interpreter-not-a-file"
    case interpreterNotExecutable = "interpreter-not-executable"
    case interpreterOnNoexec = "interpreter-on-noexec"
    case interpreterLabelled = "interpreter-labelled"
    case interpreterDenied = "interpreter-denied"
    case interpreterBusy = "interpreter-busy"
    case interpreterLinkLoop = "interpreter-link-loop"
    case fixBinaryUnsupported = "fix-binary-unsupported"
    case featureUnsupported = "feature-unsupported"
    case handlerMissing = "handler-missing"
    case tooManyHeld = "too-many-held"
    case registryReadOnly = "registry-read-only"
}
