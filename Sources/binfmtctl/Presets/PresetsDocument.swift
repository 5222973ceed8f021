// SPDX-License-Identifier: Apache-2.0
import BinfmtCore

/// The document that `presets --json` prints.
struct PresetsDocument: Document {
    enum Verdict: String, Encodable, CaseIterable {
        case complete, incomplete
    }

    struct Preset: Encodable {
        let name: String
        /// The files that it is for, in a few words.
        let files: String
        let recognition: RecognitionDocument
        let flags: [String]
        let priority: Int
        /// The paths where its interpreter is looked for, best first; empty where an entry must name it.
        let interpreters: [DocumentPath]
        /// The first of them that this host has.
        let interpreter: OrNull<DocumentPath>
        /// How to install one.
        let advice: OrNull<String>
        let source: String
        let toml: String

        init(_ item: PresetList.Item) {
            name = item.preset.name
            files = item.preset.files
            recognition = RecognitionDocument(item.preset.recognition)
            flags = item.entry.flags.keys
            priority = item.entry.priority
            interpreters = item.entry.interpreters.map(DocumentPath.init)
            interpreter = OrNull(item.installed.map(DocumentPath.init))
            advice = OrNull(item.advice)
            source = item.preset.source
            toml = item.toml
        }
    }

    /// A name that no preset has, with the one that is probably meant.
    struct Unknown: Encodable {
        let name: String
        let nearest: OrNull<String>
    }

    let version = 1
    let verdict: Verdict
    let presets: [Preset]
    let unknown: [Unknown]

    init(_ list: PresetList) {
        verdict = list.unknown.isEmpty ? .complete : .incomplete
        presets = list.items.map(Preset.init)
        unknown = list.unknown.map { Unknown(name: $0, nearest: OrNull(list.nearest(to: $0))) }
    }
}
