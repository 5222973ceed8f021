// SPDX-License-Identifier: Apache-2.0
import BinfmtCore
import Testing

/// Report D4: the format of a file whose name does not tell it.
@Suite struct ConfigFormatTests {
    @Test(
        arguments: [
            ("a.toml", .toml), ("/etc/binfmt.d/a.conf", .binfmtD), ("/usr/share/binfmts/wine", .binfmts),
            ("/tmp/tmpab12", nil), ("-", nil), ("source", nil), ("/tmp/binfmts/x.conf", .binfmtD),
        ] as [(String, ConfigFormat?)])
    func aNameImpliesIt(_ name: String, _ format: ConfigFormat?) {
        #expect(ConfigFormat(nameOf: .init(name)) == format)
    }

    @Test(
        arguments: [
            ("", .toml), ("# only a comment\n", .toml), ("[entry.jar]\nextension = \"jar\"\n", .toml),
            ("[qemu]\ntargets = [\n  \"arm64\",\n]\n", .toml), ("\u{feff}[entry.jar]\nmagic = 'x'\n", .toml),
            ("magic = 'MZ'\ninterpreter = '/bin/x'\n", .toml), ("nonsense\n", .toml),
            (":jar:E::jar::/usr/bin/jexec:\n", .binfmtD), ("# Java\n; Java\n\n  :jar:E::jar::/bin/j:", .binfmtD),
            ("/jar/E//jar//bin:x/\n/b/E//b//c/\n", .binfmtD), (":a:E::a::/b:\r\n:c:E::c::/d:\r\n", .binfmtD),
            ("package wine\ninterpreter /usr/bin/wine\nmagic MZ\n", .binfmts),
            ("interpreter /usr/bin/x\nextension = x\nmagic \\x7f", .binfmts), ("type magic\nfoo bar\n", .binfmts),
        ] as [(String, ConfigFormat)])
    func aTextTellsIt(_ text: String, _ format: ConfigFormat) {
        #expect(ConfigFormat(sniffing: Array(text.utf8)) == format)
    }
}
