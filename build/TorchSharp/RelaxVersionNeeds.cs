using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;

/// <summary>
/// Copies an ELF library and marks as weak each version of libstdc++ that it needs and the system lacks,
/// where nothing that is really used depends on that version.
/// </summary>
/// <remarks>
/// TorchSharp 0.107 was linked with GCC 15. It needs GLIBCXX_3.4.32 for one symbol alone, std::ios_base_library_init, which libstdc++ 13
/// introduced as a marker without a relocation: the loader refuses the library for a version that no code of it uses.
/// </remarks>
public class RelaxVersionNeeds : Task
{
    const uint DynamicSymbols = 11, VersionNeeds = 0x6ffffffe, VersionIndexes = 0x6fffffff;
    const ushort Weak = 2;
    const string Marker = "_ZSt21ios_base_library_initv";

    static readonly string[] LibraryFolders =
        { "/usr/lib/x86_64-linux-gnu", "/lib/x86_64-linux-gnu", "/usr/lib64", "/lib64", "/usr/lib", "/lib" };

    [Required] public string Source { get; set; }

    [Required] public string Destination { get; set; }

    /// <summary>Relax whatever the system has: for output that is run elsewhere.</summary>
    public bool Always { get; set; }

    public override bool Execute()
    {
        try
        {
            var image = File.ReadAllBytes(Source);
            Relax(image);
            Directory.CreateDirectory(Path.GetDirectoryName(Destination));
            var temporary = Destination + "." + Guid.NewGuid().ToString("N");
            File.WriteAllBytes(temporary, image);
            if (File.Exists(Destination))
            {
                File.Delete(Destination);
            }

            File.Move(temporary, Destination);
        }
        catch (Exception problem) when (problem is IOException || problem is UnauthorizedAccessException || problem is ArgumentException || problem is IndexOutOfRangeException)
        {
            Log.LogError("Could not make '{0}' loadable: {1}", Source, problem.Message);
        }

        return !Log.HasLoggedErrors;
    }

    void Relax(byte[] image)
    {
        var available = Always ? new HashSet<string>() : AvailableVersions();
        if (available == null)
        {
            Log.LogMessage(MessageImportance.Low, "No libstdc++ found in the usual folders; '{0}' is used as it is.", Source);
            return;
        }

        var sections = Sections(image);
        foreach (var need in Needs(image, sections).Where(need => need.Name.StartsWith("GLIBCXX_3.4.", StringComparison.Ordinal) && !available.Contains(need.Name)))
        {
            var symbols = SymbolsOf(image, sections, need.Index).ToList();
            if (symbols.Any(symbol => symbol != Marker))
            {
                if (!Always)
                {
                    Log.LogWarning("'{0}' needs {1}, which this system's libstdc++ lacks, for {2}. TorchSharp will not load here; install a newer libstdc++.",
                        Source, need.Name, string.Join(", ", symbols.Take(3)));
                }

                continue;
            }

            BitConverter.GetBytes((ushort)(need.Flags | Weak)).CopyTo(image, need.Offset + 4);
            Log.LogMessage(MessageImportance.Low, "{0}: the need for {1} is now weak.", Destination, need.Name);
        }
    }

    static HashSet<string> AvailableVersions()
    {
        var library = LibraryFolders.Select(folder => Path.Combine(folder, "libstdc++.so.6")).FirstOrDefault(File.Exists);
        if (library == null)
        {
            return null;
        }

        var strings = Encoding.ASCII.GetString(File.ReadAllBytes(library)).Split('\0');
        return new HashSet<string>(strings.Where(word => word.StartsWith("GLIBCXX_", StringComparison.Ordinal)));
    }

    static IEnumerable<Need> Needs(byte[] image, Section[] sections)
    {
        foreach (var section in sections.Where(section => section.Type == VersionNeeds))
        {
            var names = sections[section.Link].Offset;
            for (var need = section.Offset; ;)
            {
                var auxiliary = need + (int)BitConverter.ToUInt32(image, need + 8);
                for (var left = BitConverter.ToUInt16(image, need + 2); left > 0; left--)
                {
                    yield return new Need
                    {
                        Offset = auxiliary,
                        Flags = BitConverter.ToUInt16(image, auxiliary + 4),
                        Index = BitConverter.ToUInt16(image, auxiliary + 6),
                        Name = Text(image, names + (int)BitConverter.ToUInt32(image, auxiliary + 8)),
                    };
                    auxiliary += (int)BitConverter.ToUInt32(image, auxiliary + 12);
                }

                var next = (int)BitConverter.ToUInt32(image, need + 12);
                if (next == 0)
                {
                    break;
                }

                need += next;
            }
        }
    }

    static IEnumerable<string> SymbolsOf(byte[] image, Section[] sections, int versionIndex)
    {
        var symbols = sections.First(section => section.Type == DynamicSymbols);
        var indexes = sections.First(section => section.Type == VersionIndexes);
        var names = sections[symbols.Link].Offset;
        for (var i = 0; i < indexes.Size / 2; i++)
        {
            if ((BitConverter.ToUInt16(image, indexes.Offset + 2 * i) & 0x7fff) == versionIndex)
            {
                yield return Text(image, names + (int)BitConverter.ToUInt32(image, symbols.Offset + 24 * i));
            }
        }
    }

    static Section[] Sections(byte[] image)
    {
        if (image.Length < 64 || BitConverter.ToUInt32(image, 0) != 0x464c457f || image[4] != 2 || image[5] != 1)
        {
            throw new ArgumentException("not a 64-bit little-endian ELF library");
        }

        var table = (int)BitConverter.ToUInt64(image, 0x28);
        return Enumerable.Range(0, BitConverter.ToUInt16(image, 0x3c)).Select(i => table + 64 * i).Select(at => new Section
        {
            Type = BitConverter.ToUInt32(image, at + 4),
            Offset = (int)BitConverter.ToUInt64(image, at + 24),
            Size = (int)BitConverter.ToUInt64(image, at + 32),
            Link = (int)BitConverter.ToUInt32(image, at + 40),
        }).ToArray();
    }

    static string Text(byte[] image, int offset)
    {
        return Encoding.ASCII.GetString(image, offset, Array.IndexOf(image, (byte)0, offset) - offset);
    }

    struct Section
    {
        public uint Type;
        public int Offset, Size, Link;
    }

    struct Need
    {
        public int Offset, Flags, Index;
        public string Name;
    }
}
