/* A repository in the browser's own storage, in the place of the folder that a person would choose. */
(() => {
  const granted = async () => "granted";
  FileSystemHandle.prototype.requestPermission = granted;
  FileSystemHandle.prototype.queryPermission = granted;
  const folderAt = async path => {
    let folder = await navigator.storage.getDirectory();
    for (const name of path) folder = await folder.getDirectoryHandle(name, { create: true });
    return folder;
  };
  window.showDirectoryPicker = () => folderAt(["repository"]);
  window.putFile = async (path, text) => {
    const parts = ["repository", ...path.split("/")];
    const folder = await folderAt(parts.slice(0, -1));
    const file = await folder.getFileHandle(parts.at(-1), { create: true });
    const stream = await file.createWritable();
    await stream.write(text);
    await stream.close();
  };
  window.putFolder = path => folderAt(["repository", ...path.split("/")]);
  window.filesIn = async path => {
    const texts = {};
    for await (const [name, handle] of (await folderAt(["repository", ...path.split("/")])).entries())
      if (handle.kind === "file") texts[name] = await (await handle.getFile()).text();
    return texts;
  };
})();
